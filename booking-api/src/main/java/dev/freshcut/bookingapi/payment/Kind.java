package dev.freshcut.bookingapi.payment;

import dev.freshcut.bookingapi.web.Word;

/** Which way the money went. The schema has the same names. */
enum Kind implements Word {
  /** From the customer. */
  PAYMENT,
  /** Back to her. */
  REFUND
}
