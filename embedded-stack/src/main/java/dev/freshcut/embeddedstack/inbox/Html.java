package dev.freshcut.embeddedstack.inbox;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Pieces of pages. */
final class Html {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH);

  private Html() {}

  /** Text as text, also within an attribute. */
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** In this machine's zone. */
  static String time(Instant at) {
    return "<time datetime='%s'>%s</time>"
        .formatted(at, TIME.format(at.atZone(ZoneId.systemDefault())));
  }

  /** A name and its value; nothing without a value. */
  static String row(String name, String value) {
    return value.isEmpty()
        ? ""
        : "<div><dt>%s</dt><dd>%s</dd></div>".formatted(text(name), text(value));
  }

  /** The way back to the list as it was, where there is no room for both. */
  static String back(Pages.Show show) {
    return "<a class='back' href='/?show=%s'>All messages</a>".formatted(show.key());
  }
}
