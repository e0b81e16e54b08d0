package dev.freshcut.embeddedstack.inbox;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The first event of a calendar object (RFC 5545) in words. */
final class CalendarCard {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm", Locale.ENGLISH);

  /** Each property, and what to call it. */
  private static final Map<String, String> NAMES = names();

  private CalendarCard() {}

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("METHOD", "Method");
    names.put("SUMMARY", "What");
    names.put("STATUS", "Status");
    names.put("DTSTART", "Begins");
    names.put("DTEND", "Ends");
    names.put("LOCATION", "Where");
    names.put("UID", "UID");
    names.put("SEQUENCE", "Sequence");
    return names;
  }

  static String of(String calendar) {
    Map<String, String> values = new LinkedHashMap<>();
    boolean skipped = false;
    for (String line : calendar.replaceAll("\\r?\\n[ \\t]", "").split("\\r?\\n", -1)) {
      String upper = line.toUpperCase(Locale.ROOT);
      // Time zones and alarms have begins and ends of their own.
      if (upper.startsWith("BEGIN:VTIMEZONE") || upper.startsWith("BEGIN:VALARM")) {
        skipped = true;
      } else if (upper.startsWith("END:VTIMEZONE") || upper.startsWith("END:VALARM")) {
        skipped = false;
      } else if (!skipped) {
        property(line, values);
      }
    }
    StringBuilder html = new StringBuilder("<dl class='card'>");
    NAMES.forEach((name, title) -> html.append(Html.row(title, values.getOrDefault(name, ""))));
    return html.append("</dl>").toString();
  }

  private static void property(String line, Map<String, String> values) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return;
    }
    String[] head = line.substring(0, colon).split(";", -1);
    String name = head[0].toUpperCase(Locale.ROOT);
    String value = line.substring(colon + 1);
    values.putIfAbsent(name, name.startsWith("DT") ? time(value, head) : unescaped(value));
  }

  private static String unescaped(String value) {
    return value.replaceAll("\\\\[nN]", "\n").replaceAll("\\\\([,;\\\\])", "$1");
  }

  private static String time(String value, String[] head) {
    String zone = value.endsWith("Z") ? "UTC" : "";
    for (String parameter : head) {
      if (parameter.regionMatches(true, 0, "TZID=", 0, 5)) {
        zone = parameter.substring(5);
      }
    }
    try {
      String stamp = value.endsWith("Z") ? value.substring(0, value.length() - 1) : value;
      return (WORDS.format(LocalDateTime.parse(stamp, STAMP)) + " " + zone).strip();
    } catch (DateTimeException e) {
      return value;
    }
  }
}
