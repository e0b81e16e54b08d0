package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.coherentcache.CacheUnavailableException;
import dev.freshcut.coherentcache.Progress;
import dev.freshcut.coherentcache.ProgressConflictException;
import dev.freshcut.invalidationworker.consuming.Lifecycle.State;
import dev.freshcut.invalidationworker.consuming.Owed.Kind;
import dev.freshcut.invalidationworker.reading.RecordReader;
import dev.freshcut.invalidationworker.reading.Topics;
import dev.freshcut.invalidationworker.reading.Xids;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka consumer's membership in the group: its work, step by step. For use by one thread.
 *
 * <p>INVARIANT: Redis records a position only after it has applied all evictions of the records
 * before it, and only if it still holds the position that this consumer recorded last. Whatever
 * fails, the records after the recorded position are read again.
 */
final class ConsumerSession {
  private static final Logger log = LoggerFactory.getLogger(ConsumerSession.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long STALL_MILLIS = 1_000;

  private final Consumer<byte[], byte[]> consumer;
  private final CacheAccess cache;
  private final RecordReader reader;
  private final Xids xids;
  private final DeadLetters deadLetters;
  private final Lifecycle lifecycle;
  private final Backoff backoff;
  private final WorkerListener listener;
  private final Clock clock;
  private final Duration checkInterval;
  private final Ledger ledger;
  private final Assignment assignment;
  private final Placement placement;
  private final WatermarkKeeper watermark;
  private final Connections connections;

  private List<DeadLetter> unsent = List.of();
  private boolean paused;
  private long retryAt;
  private long nextCheck;
  private volatile Map<String, Long> positions = Map.of();
  private volatile int owed;

  ConsumerSession(
      Consumer<byte[], byte[]> consumer,
      DeadLetters deadLetters,
      Lifecycle lifecycle,
      Backoff backoff,
      Work work) {
    this.consumer = consumer;
    this.deadLetters = deadLetters;
    this.lifecycle = lifecycle;
    this.backoff = backoff;
    this.cache = work.cache();
    this.reader = work.reader();
    this.xids = work.xids();
    this.listener = work.listener();
    this.clock = work.clock();
    this.checkInterval = work.settings().checkInterval();
    this.ledger = new Ledger(work.settings().maxHeldBack());
    this.watermark =
        new WatermarkKeeper(consumer, work.topics(), xids, cache, work.horizons(), listener);
    this.assignment = new Assignment(consumer, ledger, watermark);
    this.placement = new Placement(consumer, cache, ledger, xids, listener);
    this.connections = new Connections(consumer);
  }

  /** Asks the group for a part of the topics. */
  void join(Topics topics) {
    consumer.subscribe(topics.subscription(), assignment);
  }

  /** Polls once and works on what has come. Never throws because a server is away. */
  void step() {
    ConsumerRecords<byte[], byte[]> records = poll();
    long now = clock.millis();
    if (now < retryAt) {
      return;
    }
    try {
      if (paused) {
        resume(now);
      }
      place(now);
      assignment.resumeStalled(now);
      settleDue(now);
      work(records, now);
      watermark.move(now);
      if (now >= nextCheck) {
        check(now);
      }
      well();
    } catch (CacheUnavailableException | DeadLetterException | TimeoutException e) {
      pause(String.valueOf(e.getMessage()));
    } catch (ProgressConflictException e) {
      rewind(e);
    }
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      return consumer.poll(POLL);
    } catch (InvalidOffsetException e) {
      log.warn("{}; looking where to go on", e.getMessage());
      assignment.unplace(e.partitions());
      return ConsumerRecords.empty();
    }
  }

  private void place(long now) {
    if (!assignment.unplaced().isEmpty()) {
      assignment.place(placement.place(List.copyOf(assignment.unplaced()), now));
    }
  }

  /** Makes what is owed by now. */
  private void settleDue(long now) {
    List<Owed> due = ledger.due(now, watermark.reached());
    if (due.isEmpty()) {
      return;
    }
    Plan plan = new Plan(ledger, now);
    for (Owed one : due) {
      if (one.kind() == Kind.XID_UNKNOWN) {
        // The watermark has passed it, and so has the highest transaction id seen.
        xids.highest()
            .ifPresent(
                xid -> {
                  long again = now + cache.maxLoadTime().toMillis();
                  plan.settle(one, xid);
                  plan.owe(Owed.again(one.origin(), one.pattern(), xid, again));
                });
      } else {
        plan.settle(one, one.xid());
      }
    }
    if (!plan.isEmpty()) {
      apply(plan, Map.of());
    }
  }

  private void work(ConsumerRecords<byte[], byte[]> records, long now) {
    if (records.isEmpty()) {
      return;
    }
    Plan plan = new Plan(ledger, now);
    Batch batch = new Batch(reader, xids, plan, now, cache.maxLoadTime());
    Map<TopicPartition, Long> next = new HashMap<>();
    for (TopicPartition partition : records.partitions()) {
      if (assignment.isPlaced(partition)) {
        batch.read(partition, records.records(partition));
        next.put(partition, consumer.position(partition));
      }
    }
    next.putAll(batch.stalled());
    unsent = batch.deadLetters();
    batch.warn();
    sendUnsent();
    apply(plan, next);
    deadLetters.recorded();
    backoff.reset();
    batch.stalled().forEach((tp, offset) -> assignment.stall(tp, offset, now + STALL_MILLIS));
    batch.report(listener, clock.millis());
    if (batch.heartbeat() != null) {
      watermark.heartbeat(batch.heartbeat());
    }
  }

  private void sendUnsent() {
    deadLetters.send(unsent);
    unsent = List.of();
  }

  private void apply(Plan plan, Map<TopicPartition, Long> next) {
    Map<String, String> moves = new HashMap<>(plan.changes());
    Map<String, String> expected = new HashMap<>();
    next.forEach(
        (partition, offset) -> {
          moves.put(Positions.name(partition), Long.toString(offset));
          expected.put(
              Positions.name(partition),
              Long.toString(Positions.of(assignment.recorded(), partition)));
        });
    long entries = 0;
    if (plan.everything().isPresent()) {
      entries = cache.evictor().evictEverything(plan.everything().getAsLong());
    }
    entries += cache.evictor().evict(plan.evictions(), Progress.of(moves).expecting(expected));
    plan.commit();
    assignment.record(next);
    listener.evicted(plan.evictions().size(), entries);
  }

  /** Compares Redis with what this consumer last wrote. */
  private void check(long now) {
    Map<String, String> stored = cache.progress().positions();
    assignment
        .recorded()
        .forEach(
            (partition, offset) -> {
              String name = Positions.name(partition);
              if (!Long.toString(offset).equals(stored.get(name))) {
                throw new ProgressConflictException(
                    "Redis holds position %s of %s instead of %d"
                        .formatted(stored.get(name), name, offset));
              }
              placement.adopt(partition, stored);
            });
    if (ledger.waitsForWatermark()) {
      watermark.look(now);
    }
    recordSkipped(now);
    consumer.commitAsync(assignment.toCommit(), ConsumerSession::committed);
    ledger.forgetWindows(now);
    positions = assignment.named();
    owed = ledger.size();
    nextCheck = now + checkInterval.toMillis();
  }

  /** Only Kafka's tools look at them. */
  private static void committed(
      Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception failure) {
    if (failure != null) {
      log.debug("positions not committed to Kafka; Redis has them", failure);
    }
  }

  /** Moves positions past what is no record, such as the marks of Kafka transactions. */
  private void recordSkipped(long now) {
    Map<TopicPartition, Long> skipped = new HashMap<>();
    assignment
        .recorded()
        .forEach(
            (partition, offset) -> {
              long position = consumer.position(partition);
              if (position > offset) {
                skipped.put(partition, position);
              }
            });
    if (!skipped.isEmpty()) {
      apply(new Plan(ledger, now), skipped);
    }
  }

  private void well() {
    if (!assignment.joined() || !assignment.unplaced().isEmpty()) {
      return;
    }
    String trouble = trouble();
    if (trouble.isEmpty()) {
      if (lifecycle.to(State.RUNNING, "")) {
        log.info("evicting");
      }
    } else if (lifecycle.to(State.PAUSED, trouble)) {
      log.warn(trouble);
    }
  }

  private String trouble() {
    if (assignment.isStalled()) {
      return "changes carry no transaction id; set freshcut.worker.initial-xid";
    }
    return connections.none() ? "no connection to any Kafka broker" : "";
  }

  private void pause(String reason) {
    long pause = backoff.nextMillis();
    if (lifecycle.to(State.PAUSED, reason)) {
      log.warn("{}; nothing is skipped, next attempt in {} ms", reason, pause);
    }
    paused = true;
    retryAt = clock.millis() + pause;
    assignment.pause();
  }

  private void resume(long now) {
    sendUnsent();
    check(now);
    assignment.resume();
    paused = false;
  }

  private void rewind(ProgressConflictException conflict) {
    log.warn("{}; going back to the positions that Redis holds", conflict.getMessage());
    listener.rewound();
    assignment.unplaceAll();
    retryAt = clock.millis() + backoff.nextMillis();
  }

  /** The positions recorded, as of the last check. */
  Map<String, Long> positions() {
    return positions;
  }

  /** How many evictions were owed at the last check. */
  int owed() {
    return owed;
  }
}
