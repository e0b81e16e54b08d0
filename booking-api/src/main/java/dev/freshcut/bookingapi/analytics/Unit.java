package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.web.Word;

/** Into what a period is cut: local days, ISO weeks, months. As PostgreSQL's {@code date_trunc}. */
enum Unit implements Word {
  DAY,
  WEEK,
  MONTH
}
