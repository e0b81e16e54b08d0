package dev.freshcut.cdcconnector.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Bounds of settings; every refusal names the setting, the reason and the mend. */
final class Check {
  private static final String PREFIX = "freshcut.connector.";

  private Check() {}

  static void between(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw refused(name, "is " + value, "set it to a number from " + min + " to " + max);
    }
  }

  static void between(String name, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw refused(
          name, "is " + text(value), "set it to a duration from " + text(min) + " to " + text(max));
    }
  }

  static void matches(String name, String value, Pattern pattern, String mend) {
    if (!pattern.matcher(value).matches()) {
      throw refused(name, "is '" + value + "'", mend);
    }
  }

  /** {@code refused} holds names, and prefixes of names that end in a dot. */
  static void noneOf(String name, Map<String, String> given, Set<String> refused) {
    for (String key : given.keySet()) {
      for (String reserved : refused) {
        if (key.equals(reserved) || (reserved.endsWith(".") && key.startsWith(reserved))) {
          throw refused(
              name,
              "has '" + key + "', which the connector sets itself or its guarantees depend on",
              "remove it");
        }
      }
    }
  }

  static IllegalArgumentException refused(String name, String reason, String mend) {
    return new IllegalArgumentException(PREFIX + name + " " + reason + ": " + mend);
  }

  private static String text(Duration value) {
    long millis = value.toMillis();
    if (millis % 86_400_000 == 0 && millis != 0) {
      return millis / 86_400_000 + "d";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }
}
