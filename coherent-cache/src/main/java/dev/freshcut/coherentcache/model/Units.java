package dev.freshcut.coherentcache.model;

import java.time.Duration;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Numbers with a unit, as model files write them: {@code 5m}, {@code 10%}, {@code 1KB}. */
final class Units {
  private static final java.util.regex.Pattern NUMBER_AND_UNIT =
      java.util.regex.Pattern.compile("([0-9]{1,9}) ?([A-Za-z%]+)");

  private Units() {}

  /** A whole number of ms, s, m, h or d; null if the text is anything else. */
  static @Nullable Duration duration(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> null;
    };
  }

  /** A whole number of percent, as a fraction; null if the text is anything else. */
  static @Nullable Double percentage(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    return matcher.matches() && matcher.group(2).equals("%")
        ? Long.parseLong(matcher.group(1)) / 100.0
        : null;
  }

  /** A whole number of B, KB or MB (of 1024); null if the text is anything else. */
  static @Nullable Long bytes(String text) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "B" -> number;
      case "KB" -> number << 10;
      case "MB" -> number << 20;
      default -> null;
    };
  }
}
