package dev.freshcut.bookingapi.payment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How it was paid. The schema has the same names. */
enum Method {
  CASH,
  CARD,
  ONLINE,
  TRANSFER;

  static Method of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }

  /** As written in the database and in answers. */
  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
