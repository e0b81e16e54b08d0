package dev.freshcut.notificationworker.sending;

import java.util.Locale;

/** How a person is reached. */
public enum Channel {
  EMAIL,
  SMS;

  /** As in ids and in the database; also the name of the queue. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
