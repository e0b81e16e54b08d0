package dev.freshcut.cdcconnector.lifecycle;

import dev.freshcut.cdcconnector.stream.Progress;
import java.time.Clock;

/** How far Kafka is behind the database. */
final class Lag {
  private Lag() {}

  /**
   * Age of the newest acknowledged change, in milliseconds: every change committed before it is in
   * Kafka. In an idle database it swings between 0 and the heartbeat interval. The clocks of the
   * database and of this machine are compared.
   */
  static long millis(Progress progress, Clock clock) {
    return Math.max(0, clock.millis() - progress.committedAt());
  }
}
