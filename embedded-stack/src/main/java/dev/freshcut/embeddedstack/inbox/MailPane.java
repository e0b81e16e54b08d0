package dev.freshcut.embeddedstack.inbox;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A mail with its headers and, one at a time, its parts. */
final class MailPane {
  private MailPane() {}

  /** What of a mail is shown. */
  enum View {
    HTML,
    TEXT,
    CALENDAR,
    SOURCE;

    /** As in addresses. */
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    private String title() {
      return this == HTML ? "HTML" : name().charAt(0) + key().substring(1);
    }

    private @Nullable String of(Mail mail) {
      return switch (this) {
        case HTML -> mail.html();
        case TEXT -> mail.text();
        case CALENDAR -> mail.calendar();
        case SOURCE -> mail.source();
      };
    }
  }

  /**
   * The mail.
   *
   * @param wanted null for the first that it has
   */
  static String of(Mail mail, Pages.Show show, @Nullable View wanted) {
    List<View> views = Stream.of(View.values()).filter(view -> view.of(mail) != null).toList();
    View view = wanted != null && views.contains(wanted) ? wanted : views.getFirst();
    StringBuilder html = new StringBuilder(Html.back(show));
    html.append("<h2>")
        .append(Html.text(mail.subject().isBlank() ? "(no subject)" : mail.subject()))
        .append("</h2><dl>")
        .append(Html.row("From", mail.from()))
        .append(Html.row("To", mail.to()))
        .append(Html.row("Reply to", mail.headers().getOrDefault("Reply-To", "")))
        .append(Html.row("Files", String.join(", ", mail.attachments())))
        .append("<div><dt>Came</dt><dd>")
        .append(Html.time(mail.at()))
        .append("</dd></div></dl>");
    if (mail.fault() != null) {
      html.append("<p class='fault'>This mail could be read in part only: ")
          .append(Html.text(mail.fault()))
          .append("</p>");
    }
    html.append("<nav aria-label='Parts of the mail'>");
    for (View each : views) {
      html.append(
          "<a href='/messages/%d?show=%s&amp;view=%s'%s>%s</a>"
              .formatted(
                  mail.id(),
                  show.key(),
                  each.key(),
                  each == view ? " aria-current='page'" : "",
                  each.title()));
    }
    html.append("</nav>");
    return html.append(body(mail, view, Objects.requireNonNull(view.of(mail)))).toString();
  }

  private static String body(Mail mail, View view, String content) {
    return switch (view) {
      // Its own policy keeps scripts and all that is elsewhere out a second time.
      case HTML ->
          "<iframe sandbox title='HTML of the mail' src='/messages/%d/html'></iframe>"
              .formatted(mail.id());
      case TEXT -> "<pre class='text'>" + Html.text(content) + "</pre>";
      case CALENDAR ->
          CalendarCard.of(content) + "<pre class='source'>" + Html.text(content) + "</pre>";
      case SOURCE -> "<pre class='source'>" + Html.text(content) + "</pre>";
    };
  }
}
