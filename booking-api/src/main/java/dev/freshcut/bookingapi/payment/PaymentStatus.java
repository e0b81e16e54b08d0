package dev.freshcut.bookingapi.payment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Where a payment stands: pending ends in settled or failed, which are for good. The schema has the
 * same names.
 */
enum PaymentStatus {
  PENDING,
  SETTLED,
  FAILED;

  static PaymentStatus of(String column) {
    return valueOf(column.toUpperCase(Locale.ROOT));
  }

  /** As written in the database and in answers. */
  @JsonValue
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
