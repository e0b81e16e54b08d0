package dev.freshcut.invalidationworker.consuming;

import java.util.OptionalLong;

/** Where to start reading a partition. */
sealed interface Start {
  /** At the position that Redis holds. */
  record Stored(long offset) implements Start {}

  /** At the beginning, because Kafka has no longer what comes next; changes are lost. */
  record Lost(long begin, String reason) implements Start {}

  /** At this time: Redis holds no position, and nothing from before. */
  record Since(long millis) implements Start {}

  /**
   * Decides.
   *
   * @param stored position in Redis
   * @param begin first offset that Kafka still has
   * @param end offset that its next record will get
   * @param began when Redis was empty last, milliseconds since the epoch
   * @param rewindMillis how much earlier a load can have begun whose entry was stored after that
   */
  static Start decide(OptionalLong stored, long begin, long end, long began, long rewindMillis) {
    if (stored.isEmpty()) {
      return new Since(began - rewindMillis);
    }
    long offset = stored.getAsLong();
    if (offset < begin) {
      return new Lost(
          begin, "Kafka has deleted offsets %d to %d unread".formatted(offset, begin - 1));
    }
    if (offset > end) {
      return new Lost(
          begin,
          "Kafka ends at offset %d, before position %d; the topic has been made anew or was cut"
              .formatted(end, offset));
    }
    return new Stored(offset);
  }
}
