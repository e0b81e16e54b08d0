package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.invalidationworker.reading.Reading.Heartbeat;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Heartbeats that have been read, and how far every partition must have been worked through before
 * what they say holds for the cache. Bounded: under a lasting lag, newer ones take the place of the
 * newest.
 */
final class PendingWatermarks {
  private static final int MOST = 16;

  private final ArrayDeque<Pending> pending = new ArrayDeque<>();

  /**
   * A heartbeat, and the end of every partition when it was read. All that was committed before the
   * heartbeat was in Kafka before it was, so it is before these ends.
   */
  private record Pending(Watermark watermark, Map<TopicPartition, Long> ends) {
    boolean coveredBy(Map<String, String> positions) {
      return ends.entrySet().stream()
          .allMatch(end -> end.getValue() <= Positions.offset(positions, end.getKey()).orElse(0));
    }
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  void add(Heartbeat heartbeat, Map<TopicPartition, Long> ends) {
    if (pending.size() == MOST) {
      pending.removeLast();
    }
    pending.addLast(
        new Pending(
            new Watermark(heartbeat.beatAt(), heartbeat.xid(), heartbeat.horizon()),
            Map.copyOf(ends)));
  }

  /** The newest watermark that these positions cover, and the positions that it rests on. */
  @Nullable Covered covered(Map<String, String> positions) {
    Pending newest = null;
    for (Pending one : pending) {
      if (one.coveredBy(positions)) {
        newest = one;
      }
    }
    if (newest == null) {
      return null;
    }
    Map<String, String> rests = new HashMap<>();
    for (TopicPartition partition : newest.ends.keySet()) {
      String name = Positions.name(partition);
      String position = positions.get(name);
      if (position != null) {
        rests.put(name, position);
      }
    }
    return new Covered(newest.watermark, rests);
  }

  /** Forgets this watermark, which has been written, and all before it. */
  void written(Watermark watermark) {
    pending.removeIf(one -> !one.watermark.committedBefore().isAfter(watermark.committedBefore()));
  }

  /** Forgets all: another consumer reads the heartbeats now, and may be further. */
  void clear() {
    pending.clear();
  }

  /** A watermark that holds as long as Redis has these positions or later ones. */
  record Covered(Watermark watermark, Map<String, String> positions) {}
}
