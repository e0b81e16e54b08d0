package dev.freshcut.notificationworker.consuming;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the stream is being read, told in one line when that changes. Safe for many threads. */
public final class Consumption {
  private static final Logger log = LoggerFactory.getLogger(Consumption.class);

  private @Nullable String trouble;

  synchronized void failed(RuntimeException cause) {
    if (trouble == null) {
      log.warn(
          "changes are not worked on; nothing is skipped, they are tried again: {}",
          cause.toString());
    }
    trouble = cause.getClass().getName() + ": " + cause.getMessage();
  }

  synchronized void worked() {
    if (trouble != null) {
      log.info("changes are worked on again");
    }
    trouble = null;
  }

  /** What keeps it from going on; null if nothing does. */
  public synchronized @Nullable String trouble() {
    return trouble;
  }
}
