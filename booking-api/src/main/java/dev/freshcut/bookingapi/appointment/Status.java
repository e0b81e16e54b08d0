package dev.freshcut.bookingapi.appointment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an appointment stands. The schema has the same names. */
enum Status {
  PENDING,
  CONFIRMED,
  COMPLETED,
  NO_SHOW,
  CANCELLED;

  static Status of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }

  /** As written in the database and in answers. */
  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the appointment may still be moved or cancelled. */
  boolean isOpen() {
    return this == PENDING || this == CONFIRMED;
  }
}
