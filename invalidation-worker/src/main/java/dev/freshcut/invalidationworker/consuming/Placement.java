package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.coherentcache.Progress;
import dev.freshcut.invalidationworker.reading.Xids;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds where to start reading partitions, and records it. */
final class Placement {
  private static final Logger log = LoggerFactory.getLogger(Placement.class);

  private final Consumer<byte[], byte[]> consumer;
  private final CacheAccess cache;
  private final Ledger ledger;
  private final Xids xids;
  private final WorkerListener listener;

  Placement(
      Consumer<byte[], byte[]> consumer,
      CacheAccess cache,
      Ledger ledger,
      Xids xids,
      WorkerListener listener) {
    this.consumer = consumer;
    this.cache = cache;
    this.ledger = ledger;
    this.xids = xids;
    this.listener = listener;
  }

  /**
   * Places partitions at the positions that Redis holds, or where nothing can have been missed.
   *
   * @return the offset at which to read each, as recorded in Redis
   */
  Map<TopicPartition, Long> place(Collection<TopicPartition> partitions, long now) {
    Map<String, String> stored = cache.progress().positions();
    cache.watermarks().read().ifPresent(watermark -> xids.saw(watermark.xid()));
    OptionalLong began = Positions.began(stored);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long rewind = 2 * cache.maxLoadTime().toMillis();

    Plan plan = new Plan(ledger, now);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    Map<TopicPartition, Long> times = new HashMap<>();
    boolean lost = false;
    for (TopicPartition partition : partitions) {
      OptionalLong position = Positions.offset(stored, partition);
      Start start =
          Start.decide(
              position,
              Positions.of(begins, partition),
              Positions.of(ends, partition),
              began.orElse(now),
              rewind);
      switch (start) {
        case Start.Stored at -> offsets.put(partition, at.offset());
        case Start.Since since -> times.put(partition, Math.max(0, since.millis()));
        case Start.Lost from -> {
          log.error("changes of {} are lost: {}; evicting everything", partition, from.reason());
          offsets.put(partition, from.begin());
          plan.owe(Owed.xidUnknown(partition, null, now, cache.maxLoadTime()));
          lost = true;
        }
      }
    }
    if (!times.isEmpty()) {
      Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
      for (TopicPartition partition : times.keySet()) {
        OffsetAndTimestamp first = found.get(partition);
        offsets.put(partition, first == null ? Positions.of(ends, partition) : first.offset());
      }
    }
    if (began.isEmpty()) {
      log.info("Redis holds no positions; reading the last {} s of changes again", rewind / 1000);
      // No margin between the clocks: what is younger than any difference is read again.
      plan.owe(Owed.xidUnknown(partitions.iterator().next(), null, now, Duration.ZERO));
    }
    if (lost || began.isEmpty()) {
      xids.highest().ifPresent(plan::evictEverything);
    }
    record(plan, offsets, stored, now);
    adopt(partitions, stored);
    if (lost) {
      listener.gap("retention");
    }
    log.info("reading from {}", offsets);
    return offsets;
  }

  private void record(
      Plan plan, Map<TopicPartition, Long> offsets, Map<String, String> stored, long now) {
    Map<String, String> positions = new HashMap<>(plan.changes());
    offsets.forEach((tp, offset) -> positions.put(Positions.name(tp), Long.toString(offset)));
    positions.putIfAbsent(
        Positions.BEGAN, stored.getOrDefault(Positions.BEGAN, Long.toString(now)));
    Map<String, String> expected = new HashMap<>();
    for (String name : positions.keySet()) {
      if (!Owed.isName(name)) {
        expected.put(name, stored.getOrDefault(name, ""));
      }
    }
    plan.everything().ifPresent(cache.evictor()::evictEverything);
    cache.evictor().evict(plan.evictions(), Progress.of(positions).expecting(expected));
    plan.commit();
  }

  /** Takes over what the partitions' last readers still owed. */
  private void adopt(Collection<TopicPartition> partitions, Map<String, String> stored) {
    for (TopicPartition partition : partitions) {
      adopt(partition, stored);
    }
  }

  /** Takes over what this partition owes by Redis's account and not by the ledger's. */
  void adopt(TopicPartition partition, Map<String, String> stored) {
    stored.forEach(
        (name, value) -> {
          if (Owed.isNameFrom(partition, name) && !ledger.owes(name)) {
            Owed.parse(partition, name, value, cache.model())
                .ifPresentOrElse(ledger::add, () -> forget(name));
          }
        });
  }

  private void forget(String name) {
    log.warn("{} is of no family in the cache model; dropping it", name);
    cache.evictor().evict(Set.of(), Progress.of(Map.of(name, "")));
  }
}
