package dev.freshcut.invalidationworker.consuming;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions that the group has given to one consumer. A partition is <em>unplaced</em>, and
 * paused, until it is known where to read it; then it is <em>placed</em>, with the position that
 * Redis has recorded. For use by one thread.
 */
final class Assignment implements ConsumerRebalanceListener {
  private final Consumer<byte[], byte[]> consumer;
  private final Ledger ledger;
  private final WatermarkKeeper watermark;
  private final Map<TopicPartition, Long> recorded = new HashMap<>();
  private final Set<TopicPartition> unplaced = new HashSet<>();

  /** The record that each stalled partition waits at; there is an entry until it has been read. */
  private final Map<TopicPartition, Long> stalledAt = new HashMap<>();

  /** When each of them that is paused may try again. */
  private final Map<TopicPartition, Long> stalledUntil = new HashMap<>();

  private boolean joined;

  Assignment(Consumer<byte[], byte[]> consumer, Ledger ledger, WatermarkKeeper watermark) {
    this.consumer = consumer;
    this.ledger = ledger;
    this.watermark = watermark;
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    joined = true;
    unplace(partitions);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    // No pipeline is under way: this runs within poll or close. What was polled and could not be
    // recorded is read again by whoever gets the partition.
    recorded.keySet().removeAll(partitions);
    unplaced.removeAll(partitions);
    stalledAt.keySet().removeAll(partitions);
    stalledUntil.keySet().removeAll(partitions);
    ledger.forget(partitions);
    watermark.revoked(partitions);
  }

  /** Whether the group has given this consumer its part, which may be none. */
  boolean joined() {
    return joined;
  }

  /** Reads these partitions no further until they are placed again. */
  void unplace(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      // Any offset will do: without one, poll would look for one by itself.
      consumer.seek(partition, 0);
    }
    consumer.pause(partitions);
    recorded.keySet().removeAll(partitions);
    stalledAt.keySet().removeAll(partitions);
    stalledUntil.keySet().removeAll(partitions);
    unplaced.addAll(partitions);
    ledger.forget(partitions);
  }

  /** {@link #unplace} of all. */
  void unplaceAll() {
    unplace(Set.copyOf(recorded.keySet()));
  }

  Set<TopicPartition> unplaced() {
    return unplaced;
  }

  /** Reads on from here. */
  void place(Map<TopicPartition, Long> offsets) {
    offsets.forEach(consumer::seek);
    consumer.resume(offsets.keySet());
    recorded.putAll(offsets);
    unplaced.removeAll(offsets.keySet());
  }

  boolean isPlaced(TopicPartition partition) {
    return recorded.containsKey(partition);
  }

  /** What Redis holds, by this consumer's account: the next offset of each placed partition. */
  Map<TopicPartition, Long> recorded() {
    return recorded;
  }

  /** Redis has recorded these positions. */
  void record(Map<TopicPartition, Long> positions) {
    recorded.putAll(positions);
    stalledAt.entrySet().removeIf(at -> recorded.getOrDefault(at.getKey(), 0L) > at.getValue());
  }

  /** Goes back to what is recorded, and reads no further for now. */
  void pause() {
    recorded.forEach(consumer::seek);
    consumer.pause(recorded.keySet());
    stalledUntil.clear();
  }

  /** Ends {@link #pause}. */
  void resume() {
    consumer.resume(recorded.keySet());
  }

  /** Reads one partition again from this offset, but not before that time. */
  void stall(TopicPartition partition, long offset, long until) {
    consumer.seek(partition, offset);
    consumer.pause(Set.of(partition));
    stalledAt.put(partition, offset);
    stalledUntil.put(partition, until);
  }

  /** Whether a partition cannot go on: also while it tries again. */
  boolean isStalled() {
    return !stalledAt.isEmpty();
  }

  /** Lets stalled partitions go on whose time has come. */
  void resumeStalled(long now) {
    stalledUntil
        .entrySet()
        .removeIf(
            stalled -> {
              boolean over = stalled.getValue() <= now;
              if (over) {
                consumer.resume(Set.of(stalled.getKey()));
              }
              return over;
            });
  }

  /** The positions to commit to Kafka, for its tools. */
  Map<TopicPartition, OffsetAndMetadata> toCommit() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    recorded.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
    return offsets;
  }

  /** {@link #recorded} by name, for people. */
  Map<String, Long> named() {
    Map<String, Long> named = new TreeMap<>();
    recorded.forEach((partition, offset) -> named.put(partition.toString(), offset));
    return named;
  }
}
