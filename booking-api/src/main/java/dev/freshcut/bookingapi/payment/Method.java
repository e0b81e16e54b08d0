package dev.freshcut.bookingapi.payment;

import dev.freshcut.bookingapi.web.Word;

/** How it was paid. The schema has the same names. */
enum Method implements Word {
  CASH,
  CARD,
  ONLINE,
  TRANSFER
}
