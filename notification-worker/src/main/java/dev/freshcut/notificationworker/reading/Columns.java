package dev.freshcut.notificationworker.reading;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row image, whose columns must be of the types that they have in the database. */
final class Columns {
  private final Map<String, @Nullable Object> image;

  Columns(Map<String, @Nullable Object> image) {
    this.image = image;
  }

  /** Ends the reading of an image. */
  @SuppressWarnings("serial") // never leaves the reader
  static final class UnreadableException extends RuntimeException {
    UnreadableException(String column) {
      super("column " + column + " is missing or of another type");
    }
  }

  long number(String column) {
    Long value = numberOrNull(column);
    if (value == null) {
      throw new UnreadableException(column);
    }
    return value;
  }

  @Nullable Long numberOrNull(String column) {
    Object value = image.get(column);
    if (value instanceof Long number) {
      return number;
    }
    if (value == null && image.containsKey(column)) {
      return null;
    }
    throw new UnreadableException(column);
  }

  String text(String column) {
    if (image.get(column) instanceof String text) {
      return text;
    }
    throw new UnreadableException(column);
  }

  Instant instant(String column) {
    try {
      return OffsetDateTime.parse(text(column)).toInstant();
    } catch (DateTimeParseException e) {
      throw new UnreadableException(column);
    }
  }
}
