package dev.freshcut.coherentcache.races;

import dev.freshcut.coherentcache.CacheUnavailableException;
import dev.freshcut.coherentcache.Eviction;
import dev.freshcut.coherentcache.Evictor;
import dev.freshcut.coherentcache.Progress;
import dev.freshcut.coherentcache.ProgressConflictException;
import dev.freshcut.coherentcache.ProgressStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/**
 * The invalidation worker in small: keeps the transactions in the order of their commit records, as
 * a Kafka topic would, and its place in Redis beside the evictions. For one thread, except where
 * said.
 */
final class Worker {
  private static final String PLACE = "place";
  private static final int BATCH = 20;

  private final Shop shop;
  private final Truth truth;
  private final LongFunction<List<Eviction>> evictions;
  private final Evictor evictor;
  private final ProgressStore progress;
  private final List<Long> log = new ArrayList<>();
  private String recorded = "";
  private volatile int place;
  private final AtomicInteger seeks = new AtomicInteger();

  Worker(
      Shop shop,
      Truth truth,
      LongFunction<List<Eviction>> evictions,
      Evictor evictor,
      ProgressStore progress) {
    this.shop = shop;
    this.truth = truth;
    this.evictions = evictions;
    this.evictor = evictor;
    this.progress = progress;
  }

  /** Reads what has been committed and evicts a batch; returns whether there is nothing left. */
  boolean step() {
    synchronized (log) {
      log.addAll(shop.committed());
    }
    int end = Math.min(log.size(), place + BATCH);
    List<Eviction> batch =
        log.subList(place, end).stream().flatMap(xid -> evictions.apply(xid).stream()).toList();
    int epoch = truth.epoch();
    try {
      // Also without changes: to find out whether Redis still is where it should be.
      evictor.evict(
          batch,
          Progress.of(Map.of(PLACE, Integer.toString(end))).expecting(Map.of(PLACE, recorded)));
      truth.applied(log.subList(0, end), epoch);
      place = end;
      recorded = Integer.toString(end);
      return place == log.size();
    } catch (ProgressConflictException e) {
      seek();
    } catch (CacheUnavailableException e) {
      // Redis is away; the same batch is tried again.
    }
    return false;
  }

  private void seek() {
    try {
      recorded = progress.positions().getOrDefault(PLACE, "");
      place = recorded.isEmpty() ? 0 : Integer.parseInt(recorded);
      seeks.incrementAndGet();
    } catch (CacheUnavailableException e) {
      // Found out again by the next step.
    }
  }

  /** How much of the log has been evicted and recorded; for any thread. */
  int place() {
    return place;
  }

  /** Whether a transaction's evictions have been applied and recorded; for any thread. */
  boolean hasDone(long xid) {
    return log().subList(0, place).contains(xid);
  }

  /** How often Redis was found to be somewhere else; for any thread. */
  int seeks() {
    return seeks.get();
  }

  /** All transactions so far; for any thread. */
  List<Long> log() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }
}
