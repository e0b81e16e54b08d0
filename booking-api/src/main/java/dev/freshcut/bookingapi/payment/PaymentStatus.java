package dev.freshcut.bookingapi.payment;

import dev.freshcut.bookingapi.web.Word;

/**
 * Where a payment stands: pending ends in settled or failed, which are for good. The schema has the
 * same names.
 */
enum PaymentStatus implements Word {
  PENDING,
  SETTLED,
  FAILED
}
