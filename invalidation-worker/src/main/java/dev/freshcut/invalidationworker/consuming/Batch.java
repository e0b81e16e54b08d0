package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.coherentcache.model.Pattern;
import dev.freshcut.invalidationworker.reading.Reading;
import dev.freshcut.invalidationworker.reading.Reading.Ignored;
import dev.freshcut.invalidationworker.reading.Reading.Poison;
import dev.freshcut.invalidationworker.reading.Reading.Reach;
import dev.freshcut.invalidationworker.reading.RecordReader;
import dev.freshcut.invalidationworker.reading.XidUnknownException;
import dev.freshcut.invalidationworker.reading.Xids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of one poll, turned into a plan. */
final class Batch {
  private static final Logger log = LoggerFactory.getLogger(Batch.class);

  private final RecordReader reader;
  private final Xids xids;
  private final Plan plan;
  private final long now;
  private final Duration maxLoadTime;
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final Map<TopicPartition, Long> stalled = new HashMap<>();
  private final Map<Tally, Integer> tallies = new HashMap<>();
  private final LongStream.Builder commits = LongStream.builder();
  private Reading.@Nullable Heartbeat heartbeat;
  private int gaps;

  Batch(RecordReader reader, Xids xids, Plan plan, long now, Duration maxLoadTime) {
    this.reader = reader;
    this.xids = xids;
    this.plan = plan;
    this.now = now;
    this.maxLoadTime = maxLoadTime;
  }

  private record Tally(@Nullable String table, String outcome) {}

  /** Reads a partition's records, up to one whose transaction can't be told yet. */
  void read(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        add(partition, record, reader.read(record));
      } catch (XidUnknownException e) {
        log.warn("{} waits at offset {}: {}", partition, record.offset(), e.getMessage());
        stalled.put(partition, record.offset());
        return;
      }
    }
  }

  private void add(
      TopicPartition partition, ConsumerRecord<byte[], byte[]> record, Reading reading) {
    switch (reading) {
      case Reading.Change change -> {
        for (Pattern pattern : change.patterns()) {
          plan.evict(partition, pattern, change.xid());
        }
        boolean evicts = !change.patterns().isEmpty();
        count(change.table(), evicts ? "evicted" : "untouched");
        if (evicts) {
          commits.add(change.commitMillis());
        }
      }
      case Ignored ignored -> count(ignored.table(), ignored.why().name().toLowerCase(Locale.ROOT));
      case Reading.Heartbeat beat -> {
        heartbeat = beat;
        count(null, "heartbeat");
      }
      case Reading.StreamGap gap -> {
        log.warn(
            "changes up to transaction {} are lost ({}); evicting everything now, and again in {} s",
            gap.xid(),
            gap.reason(),
            maxLoadTime.toSeconds());
        plan.evictEverything(gap.xid());
        plan.owe(Owed.again(partition, null, gap.xid(), now + maxLoadTime.toMillis()));
        gaps++;
        count(null, "gap");
      }
      case Poison poison -> {
        deadLetters.add(new DeadLetter(record, poison));
        evictReach(partition, poison);
        count(poison.table(), "dead_lettered");
      }
    }
  }

  private void evictReach(TopicPartition partition, Poison poison) {
    switch (poison.reach()) {
      case Reach.Patterns reach -> {
        for (Pattern pattern : reach.patterns()) {
          poison.xid().ifPresent(xid -> plan.evictNow(pattern, xid));
          if (poison.xid().isEmpty()) {
            xids.highest().ifPresent(xid -> plan.evictNow(pattern, xid));
            plan.owe(Owed.xidUnknown(partition, pattern, now, maxLoadTime));
          }
        }
      }
      case Reach.Everything everything -> {
        xids.highest().ifPresent(plan::evictEverything);
        plan.owe(Owed.xidUnknown(partition, null, now, maxLoadTime));
      }
    }
  }

  private void count(@Nullable String table, String outcome) {
    tallies.merge(new Tally(table, outcome), 1, Integer::sum);
  }

  /** Tells of the first of the batch's dead letters: there may be thousands. */
  void warn() {
    if (!deadLetters.isEmpty()) {
      DeadLetter first = deadLetters.get(0);
      log.warn(
          "{} record(s) go to the dead-letter topic, and what they may have changed is evicted; the"
              + " first is {}-{} offset {}: {}, {}",
          deadLetters.size(),
          first.origin().topic(),
          first.origin().partition(),
          first.origin().offset(),
          first.poison().kind(),
          first.poison().reason());
    }
  }

  List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  /** Partitions that can't go on yet, and the offset at which they wait. */
  Map<TopicPartition, Long> stalled() {
    return stalled;
  }

  /** The newest heartbeat, if there was one. */
  Reading.@Nullable Heartbeat heartbeat() {
    return heartbeat;
  }

  /** Tells what has been done, after Redis has applied it. */
  void report(WorkerListener listener, long evictedAt) {
    tallies.forEach((tally, count) -> listener.worked(tally.table, tally.outcome, count));
    commits.build().forEach(commit -> listener.lag(evictedAt - commit));
    for (int i = 0; i < gaps; i++) {
      listener.gap("announced");
    }
  }
}
