package dev.freshcut.embeddedstack.inbox;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One line of the list. */
final class ListItem {
  private static final int PREVIEW = 120;
  private static final Pattern CANCELS =
      Pattern.compile("^METHOD:CANCEL\\s*$", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

  private ListItem() {}

  static String of(Message message, Pages.Show show, boolean selected) {
    return switch (message) {
      case Mail mail ->
          item(mail, show, selected, "Email", mail.subject(), mail.to(), badge(mail.calendar()));
      case Sms sms -> item(sms, show, selected, "SMS", sms.body(), sms.to(), "");
    };
  }

  private static String item(
      Message message,
      Pages.Show show,
      boolean selected,
      String kind,
      String title,
      String to,
      String badge) {
    return """
        <li><a href="/messages/%d?show=%s"%s>\
        <span class="kind %s">%s</span>%s%s\
        <strong>%s</strong><span class="to">%s</span></a></li>"""
        .formatted(
            message.id(),
            show.key(),
            selected ? " aria-current='true'" : "",
            kind.equals("SMS") ? "sms" : "mail",
            kind,
            badge,
            Html.time(message.at()),
            Html.text(title.isBlank() ? "(no subject)" : cut(title)),
            Html.text("to " + cut(to)));
  }

  private static String badge(@Nullable String calendar) {
    if (calendar == null) {
      return "";
    }
    return "<span class='kind calendar'>%s</span>"
        .formatted(CANCELS.matcher(calendar).find() ? "Cancels" : "Calendar");
  }

  private static String cut(String text) {
    return text.length() <= PREVIEW ? text : text.substring(0, PREVIEW) + "…";
  }
}
