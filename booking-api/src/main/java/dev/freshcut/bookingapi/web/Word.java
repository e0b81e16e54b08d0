package dev.freshcut.bookingapi.web;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A constant whose name is written in lower case: in the database, in requests and in answers. As a
 * parameter of a request it is read by {@link WordParameters}.
 */
public interface Word {
  /** The constant's. */
  String name();

  /** As it is written. */
  @JsonValue
  default String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The constant that a column has. */
  static <T extends Enum<T> & Word> T of(Class<T> type, String column) {
    return Enum.valueOf(type, column.toUpperCase(Locale.ROOT));
  }
}
