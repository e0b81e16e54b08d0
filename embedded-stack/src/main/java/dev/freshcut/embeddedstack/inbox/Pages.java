package dev.freshcut.embeddedstack.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What each address shows. */
final class Pages {
  private static final Pattern MESSAGE = Pattern.compile("/messages/(\\d{1,18})(/html)?");

  private static final String STYLE = resource("inbox.css");
  private static final String SCRIPT = resource("inbox.js");

  private final Messages messages;
  private final String smtp;

  Pages(Messages messages, String smtp) {
    this.messages = messages;
    this.smtp = smtp;
  }

  /** Which messages are listed. */
  enum Show {
    ALL,
    MAIL,
    SMS;

    /** As in addresses. */
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean shows(Message message) {
      return switch (message) {
        case Mail mail -> this != SMS;
        case Sms sms -> this != MAIL;
      };
    }

    static Show of(@Nullable String query) {
      return Stream.of(values())
          .filter(show -> has(query, "show=" + show.key()))
          .findFirst()
          .orElse(ALL);
    }
  }

  Answer answer(String path, @Nullable String query) {
    Show show = Show.of(query);
    Matcher message = MESSAGE.matcher(path);
    if (message.matches()) {
      return messages
          .find(Long.parseLong(message.group(1)))
          .flatMap(found -> message(found, show, query, message.group(2) != null))
          .orElseGet(() -> Answer.notFound(whole(show, null, "<p class=empty>" + GONE + "</p>")));
    }
    return switch (path) {
      case "/" -> Answer.page(whole(show, null, "<p class=empty>Choose a message.</p>"));
      case "/list" -> Answer.page(list(show, selected(query)));
      case "/inbox.css" -> Answer.resource("text/css", STYLE);
      case "/inbox.js" -> Answer.resource("text/javascript", SCRIPT);
      default -> Answer.text(404, "There is nothing here; the inbox is at /.");
    };
  }

  private static final String GONE = "This message is not kept any more.";

  private Optional<Answer> message(
      Message message, Show show, @Nullable String query, boolean htmlOnly) {
    return switch (message) {
      case Mail mail ->
          htmlOnly
              ? Optional.ofNullable(mail.html()).map(Answer::mail)
              : Optional.of(Answer.page(whole(show, mail, MailPane.of(mail, show, view(query)))));
      case Sms sms -> {
        String pane = conversation(sms, show);
        yield htmlOnly
            ? Optional.empty()
            : Optional.of(
                Answer.page(has(query, "part=conversation") ? pane : whole(show, sms, pane)));
      }
    };
  }

  private String conversation(Sms sms, Show show) {
    return SmsPane.of(
        sms, show, messages.sms().stream().filter(other -> other.to().equals(sms.to())).toList());
  }

  private String whole(Show show, @Nullable Message selected, String pane) {
    String live =
        selected instanceof Sms
            ? " data-source='/messages/%d?show=%s&amp;part=conversation'"
                .formatted(selected.id(), show.key())
            : "";
    StringBuilder kinds = new StringBuilder();
    for (Show each : Show.values()) {
      kinds.append(
          "<a href='/?show=%s'%s>%s</a>"
              .formatted(
                  each.key(),
                  each == show ? " aria-current='page'" : "",
                  switch (each) {
                    case ALL -> "All";
                    case MAIL -> "Email";
                    case SMS -> "SMS";
                  }));
    }
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Inbox</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/inbox.css">
        <script src="/inbox.js" defer></script>
        </head>
        <body class="%s">
        <a class="skip" href="#message">Skip to the message</a>
        <header>
        <h1><a href="/?show=%s">Inbox</a></h1>
        <p>Caught here, sent nowhere.</p>
        <nav aria-label="Kinds of messages">%s</nav>
        </header>
        <main>
        <section id="list" aria-label="Messages" data-source="%s">%s</section>
        <section id="message" aria-label="Message" tabindex="-1"%s>%s</section>
        </main>
        </body>
        </html>
        """
        .formatted(
            selected == null ? "unselected" : "selected",
            show.key(),
            kinds,
            "/list?show=%s&amp;selected=%s"
                .formatted(show.key(), selected == null ? 0 : selected.id()),
            list(show, selected == null ? 0 : selected.id()),
            live,
            pane);
  }

  private String list(Show show, long selected) {
    List<Message> shown = messages.all().stream().filter(show::shows).toList();
    if (shown.isEmpty()) {
      return """
          <p role="status" class="count">No messages</p>
          <div class="empty"><p>Nothing has been sent yet.</p>
          <p>Emails go to <code>%s</code> (SMTP), and SMS to this address as to Twilio's; they \
          appear here by themselves.</p></div>
          """
          .formatted(Html.text(smtp));
    }
    StringBuilder html = new StringBuilder("<p role='status' class='count'>");
    html.append(shown.size()).append(shown.size() == 1 ? " message" : " messages");
    html.append("</p><ol reversed>");
    shown.forEach(message -> html.append(ListItem.of(message, show, message.id() == selected)));
    return html.append("</ol>").toString();
  }

  private static MailPane.@Nullable View view(@Nullable String query) {
    return Stream.of(MailPane.View.values())
        .filter(view -> has(query, "view=" + view.key()))
        .findFirst()
        .orElse(null);
  }

  private static long selected(@Nullable String query) {
    Matcher id = Pattern.compile("(?:^|&)selected=(\\d{1,18})(?:&|$)").matcher(text(query));
    return id.find() ? Long.parseLong(id.group(1)) : 0;
  }

  private static boolean has(@Nullable String query, String parameter) {
    return List.of(text(query).split("&", -1)).contains(parameter);
  }

  private static String text(@Nullable String query) {
    return query == null ? "" : query;
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(Pages.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
