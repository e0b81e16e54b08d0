package dev.freshcut.bookingapi.ratelimit;

import java.util.Locale;

/** What is limited; each caller has a quota of each. */
public enum Resource {
  /** Logins and whatever else checks or sets a password. */
  AUTHENTICATION,
  /** Changes. */
  WRITES,
  /** Reports over much data. */
  ANALYTICS,
  /** All other reads. */
  READS;

  /** As in the settings. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
