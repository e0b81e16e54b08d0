package dev.freshcut.notificationworker.consuming;

import java.time.Instant;

/** Is told of what becomes of records, to count it. */
public interface ConsumptionListener {
  /**
   * A record was worked on.
   *
   * @param outcome told, ignored or dead_lettered
   */
  void worked(String topic, String outcome);

  /** The jobs of a change that was committed then are stored. */
  void planned(Instant committedAt);
}
