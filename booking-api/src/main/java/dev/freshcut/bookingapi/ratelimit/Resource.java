package dev.freshcut.bookingapi.ratelimit;

import dev.freshcut.bookingapi.web.Word;

/** What is limited; each caller has a quota of each. */
public enum Resource implements Word {
  /** Logins and whatever else checks or sets a password. */
  AUTHENTICATION,
  /** Changes. */
  WRITES,
  /** Reports over much data. */
  ANALYTICS,
  /** All other reads. */
  READS
}
