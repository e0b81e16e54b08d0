package dev.freshcut.invalidationworker.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Bounds of settings; every refusal names the setting, the reason and the mend. */
final class Check {
  private Check() {}

  static void between(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw refused(name, "is " + value, "set it to a number from " + least + " to " + most);
    }
  }

  static void between(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw refused(
          name,
          "is " + millis(value),
          "set it to a duration from " + millis(least) + " to " + millis(most));
    }
  }

  static void notBlank(String name, String value, String mend) {
    if (value.isBlank()) {
      throw refused(name, "is empty", mend);
    }
  }

  static void matches(String name, String value, Pattern pattern, String mend) {
    if (!pattern.matcher(value).matches()) {
      throw refused(name, "is '" + value + "'", mend);
    }
  }

  static void noneOf(String name, Map<String, String> given, Set<String> reserved) {
    for (String key : given.keySet()) {
      if (reserved.contains(key)) {
        throw refused(
            name,
            "has '" + key + "', which the worker sets itself or its guarantees depend on",
            "remove it");
      }
    }
  }

  static IllegalArgumentException refused(String name, String reason, String mend) {
    return new IllegalArgumentException(name + " " + reason + ": " + mend);
  }

  private static String millis(Duration value) {
    return value.toMillis() % 1000 == 0 ? value.toSeconds() + "s" : value.toMillis() + "ms";
  }
}
