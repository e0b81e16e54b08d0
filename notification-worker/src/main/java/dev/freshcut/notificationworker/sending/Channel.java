package dev.freshcut.notificationworker.sending;

import java.util.Locale;

/** How somebody is reached. */
public enum Channel {
  EMAIL,
  SMS,
  WEBHOOK;

  /** As in ids and in the database. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
