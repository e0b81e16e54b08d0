package dev.freshcut.notificationworker.sending;

import java.util.Locale;

/** What a message is about. */
public enum Kind {
  /** An appointment was asked for and waits for the staff's confirmation. */
  REQUESTED,
  /** An appointment is certain. */
  CONFIRMED,
  /** It has another time, barber or service. */
  MOVED,
  CANCELLED,
  /** It is soon. */
  REMINDER,
  /** Time has become free for somebody who waits for it. */
  OFFERED,
  /** To a location's owners: a webhook was disabled because its deliveries failed. */
  WEBHOOK_DISABLED;

  /** As in ids, in the database and in names of templates: {@code webhook_disabled}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
