package dev.freshcut.notificationworker.settings;

import java.time.Duration;
import java.util.regex.Pattern;

/** Bounds of settings; every refusal names the setting, the reason and the mend. */
public final class Check {
  private Check() {}

  /** Refuses what is not a number from {@code least} to {@code most}. */
  public static void between(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw refused(name, "is " + value, "set it to a number from " + least + " to " + most);
    }
  }

  /** Refuses what is shorter than {@code least} or longer than {@code most}. */
  public static void between(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw refused(
          name,
          "is " + millis(value),
          "set it to a duration from " + millis(least) + " to " + millis(most));
    }
  }

  /** Refuses what is empty or has only spaces. */
  public static void notBlank(String name, String value, String mend) {
    if (value.isBlank()) {
      throw refused(name, "is empty", mend);
    }
  }

  /** Refuses what does not have the pattern's form. */
  public static void matches(String name, String value, Pattern pattern, String mend) {
    if (!pattern.matcher(value).matches()) {
      throw refused(name, "is '" + value + "'", mend);
    }
  }

  /** A refusal for another reason. */
  public static IllegalArgumentException refused(String name, String reason, String mend) {
    return new IllegalArgumentException(name + " " + reason + ": " + mend);
  }

  private static String millis(Duration value) {
    return value.toMillis() % 1000 == 0 ? value.toSeconds() + "s" : value.toMillis() + "ms";
  }
}
