package dev.freshcut.bookingapi.payment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which way the money went. The schema has the same names. */
enum Kind {
  /** From the customer. */
  PAYMENT,
  /** Back to her. */
  REFUND;

  static Kind of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }

  /** As written in the database and in answers. */
  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
