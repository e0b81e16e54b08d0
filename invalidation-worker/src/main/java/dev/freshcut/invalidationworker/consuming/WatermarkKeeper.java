package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.coherentcache.Progress;
import dev.freshcut.coherentcache.ProgressConflictException;
import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.invalidationworker.consuming.PendingWatermarks.Covered;
import dev.freshcut.invalidationworker.reading.Reading.Heartbeat;
import dev.freshcut.invalidationworker.reading.Topics;
import dev.freshcut.invalidationworker.reading.Xids;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns heartbeats into the watermark, as soon as all workers together have recorded what came
 * before them. For use by one thread.
 */
final class WatermarkKeeper {
  private static final Logger log = LoggerFactory.getLogger(WatermarkKeeper.class);
  private static final long LOOK_MILLIS = 50;

  /** Evictions wait meanwhile; without an answer the next heartbeat will do. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Attempts in one look: other consumers may move on between reading and writing. */
  private static final int ATTEMPTS = 5;

  private final Consumer<byte[], byte[]> consumer;
  private final Topics topics;
  private final Xids xids;
  private final CacheAccess cache;
  private final Horizons horizons;
  private final WorkerListener listener;
  private final PendingWatermarks pending = new PendingWatermarks();
  private List<String> uncaptured = List.of();
  private Instant written = Instant.MIN;
  private long reached = Long.MIN_VALUE;
  private long nextLook;

  WatermarkKeeper(
      Consumer<byte[], byte[]> consumer,
      Topics topics,
      Xids xids,
      CacheAccess cache,
      Horizons horizons,
      WorkerListener listener) {
    this.consumer = consumer;
    this.topics = topics;
    this.xids = xids;
    this.cache = cache;
    this.horizons = horizons;
    this.listener = listener;
  }

  /** A heartbeat has been read and recorded. */
  void heartbeat(Heartbeat heartbeat) {
    if (!heartbeat.beatAt().isAfter(written)) {
      return; // read again
    }
    try {
      Map<String, List<PartitionInfo>> known = consumer.listTopics(PATIENCE);
      if (!captured(known.keySet())) {
        return;
      }
      List<TopicPartition> partitions = new ArrayList<>();
      known.forEach(
          (topic, infos) -> {
            if (topics.isRead(topic)) {
              infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            }
          });
      pending.add(heartbeat, consumer.endOffsets(partitions, PATIENCE));
    } catch (TimeoutException e) {
      log.debug("ends of the partitions not known; the next heartbeat will do", e);
    }
  }

  /** Whether changes of every table that the model speaks of can reach this worker. */
  private boolean captured(Set<String> known) {
    List<String> missing = topics.missing(known);
    if (!missing.equals(uncaptured)) {
      uncaptured = missing;
      if (!missing.isEmpty()) {
        log.error(
            "no changes of {} can arrive, for there are no such topics; the watermark stays, and"
                + " readers bypass the cache; add the tables to freshcut.connector.tables",
            missing);
      }
    }
    return missing.isEmpty();
  }

  /** Moves the watermark to the newest heartbeat that the recorded positions cover. */
  void move(long now) {
    if (pending.isEmpty() || now < nextLook) {
      return;
    }
    nextLook = now + LOOK_MILLIS;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Covered covered = pending.covered(cache.progress().positions());
      if (covered == null || write(covered)) {
        return;
      }
    }
  }

  /** False if positions have moved since they were read; what is pending stays so. */
  private boolean write(Covered covered) {
    Watermark watermark = covered.watermark();
    try {
      cache.evictor().evict(Set.of(), new Progress(Map.of(), covered.positions(), watermark));
    } catch (ProgressConflictException e) {
      log.debug("another consumer moved on meanwhile; trying again", e);
      return false;
    }
    pending.written(watermark);
    written = watermark.committedBefore();
    reached = written.toEpochMilli();
    horizons.add(watermark);
    listener.watermark(watermark);
    return true;
  }

  /** Partitions have been taken away. With the heartbeats' own, another consumer moves on. */
  void revoked(Collection<TopicPartition> partitions) {
    if (partitions.stream().anyMatch(partition -> topics.isHeartbeat(partition.topic()))) {
      pending.clear();
    }
  }

  /** Looks what watermark another worker has written. */
  void look(long now) {
    // Without heartbeats, what has been read for as long as a load may take must do.
    reached = now - cache.maxLoadTime().toMillis();
    cache
        .watermarks()
        .read()
        .ifPresent(
            watermark -> {
              xids.saw(watermark.xid());
              reached = watermark.committedBefore().toEpochMilli();
            });
  }

  /** How far the watermark has come by the last look, milliseconds since the epoch. */
  long reached() {
    return reached;
  }
}
