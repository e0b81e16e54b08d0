package dev.freshcut.notificationworker.ledger;

import org.jspecify.annotations.Nullable;

/** What the ledgers' columns take. */
public final class Bounds {
  private static final int LONGEST_TEXT = 500;

  private Bounds() {}

  /** The first 500 characters of a text; null if it has none. */
  public static @Nullable String cut(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
  }
}
