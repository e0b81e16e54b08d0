package dev.freshcut.coherentcache.model;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The declared type of a column: how its values become segments.
 *
 * <p>Row images and readers' arguments go through the same conversion, so that a reader's {@code
 * LocalDate} and the change stream's {@code "2026-11-20Z"} name the same entry. Types whose text is
 * not unique (times and decimals) can be compared but not bound.
 */
enum ColumnType {
  INTEGER(true),
  TEXT(true),
  BOOLEAN(true),
  DATE(true),
  UUID(true),
  TIME(false),
  TIMESTAMP(false),
  DECIMAL(false);

  /** More digits than any integer column has; bounds the work done on a malformed value. */
  private static final int MAX_DIGITS = 40;

  private final boolean bindable;

  ColumnType(boolean bindable) {
    this.bindable = bindable;
  }

  /** Whether a pattern can bind a variable to a column of this type. */
  boolean bindable() {
    return bindable;
  }

  /** The name used in model files. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The type of this name, or null. */
  static @Nullable ColumnType of(String label) {
    return Arrays.stream(values())
        .filter(type -> type.label().equals(label))
        .findAny()
        .orElse(null);
  }

  /** All names, for messages. */
  static String labels() {
    return Arrays.stream(values()).map(ColumnType::label).collect(Collectors.joining(", "));
  }

  /** The segment of a value that is not null; null if the value is not of this type. */
  @Nullable String segment(Object value) {
    return switch (this) {
      case INTEGER -> integer(value);
      case TEXT -> value instanceof String text ? Segment.ofText(text) : null;
      case BOOLEAN -> bool(value);
      case DATE -> date(value);
      case UUID -> uuid(value);
      case TIME, TIMESTAMP, DECIMAL -> null;
    };
  }

  private static @Nullable String integer(Object value) {
    if (value instanceof Number number && Segment.isWhole(number)) {
      return number.toString();
    }
    if (value instanceof String text && text.length() <= MAX_DIGITS) {
      try {
        return new BigInteger(text).toString();
      } catch (NumberFormatException notANumber) {
        return null;
      }
    }
    return null;
  }

  private static @Nullable String bool(Object value) {
    return value instanceof Boolean || "true".equals(value) || "false".equals(value)
        ? value.toString()
        : null;
  }

  /** A date, its ISO 8601 text with or without an offset, or the days since 1970-01-01. */
  private static @Nullable String date(Object value) {
    try {
      return switch (value) {
        case LocalDate date -> Segment.ofText(date.toString());
        case Integer days -> Segment.ofText(LocalDate.ofEpochDay(days).toString());
        case Long days -> Segment.ofText(LocalDate.ofEpochDay(days).toString());
        case String text -> isoDate(text);
        default -> null;
      };
    } catch (DateTimeException notADate) {
      return null;
    }
  }

  private static String isoDate(String text) {
    boolean utc = text.length() == 11 && text.charAt(10) == 'Z';
    if ((utc || text.length() == 10) && text.charAt(4) == '-' && text.charAt(7) == '-') {
      int year = digits(text, 0, 4);
      int month = digits(text, 5, 7);
      int day = digits(text, 8, 10);
      if (year >= 0 && month >= 0 && day >= 0) {
        LocalDate.of(year, month, day); // refuses what is not in the calendar
        return utc ? text.substring(0, 10) : text;
      }
    }
    return Segment.ofText(LocalDate.parse(text, DateTimeFormatter.ISO_DATE).toString());
  }

  /** The number written with ASCII digits, or -1: this runs for every change, a parser is slow. */
  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static @Nullable String uuid(Object value) {
    if (value instanceof UUID) {
      return value.toString();
    }
    if (value instanceof String text && text.length() == 36) {
      try {
        return java.util.UUID.fromString(text).toString();
      } catch (IllegalArgumentException notAUuid) {
        return null;
      }
    }
    return null;
  }
}
