package dev.freshcut.benchmarks.pipeline;

import dev.freshcut.benchmarks.measure.ProcessorTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * What one round of working off a backlog gave.
 *
 * @param perSecond changes a second, from the first look that saw any to the last change
 * @param micros processor time a change, in microseconds, by who used it
 */
record Drained(double perSecond, Map<String, Double> micros) {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  /**
   * Watches a backlog become less.
   *
   * @param changes in the backlog
   * @param done how many have been worked off so far
   * @throws IllegalStateException if it takes more than five minutes
   */
  static Drained watch(int changes, LongSupplier done) {
    long first = awaitAtLeast(1, done);
    ProcessorTime before = new ProcessorTime(kinds(), "collector, compiler and other threads");
    long start = System.nanoTime();
    awaitAtLeast(changes, done);
    long nanos = System.nanoTime() - start;
    ProcessorTime after = new ProcessorTime(kinds(), "collector, compiler and other threads");
    long counted = Math.max(1, changes - first);
    Map<String, Double> micros = new TreeMap<>();
    after.since(before).forEach((kind, time) -> micros.put(kind, time.toNanos() / 1e3 / counted));
    return new Drained(counted * 1e9 / nanos, micros);
  }

  /** Waits until so many have been worked off, and returns how many have. */
  static long awaitAtLeast(long count, LongSupplier done) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long now = done.getAsLong();
    while (now < count) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("only " + now + " of " + count + " changes came");
      }
      LockSupport.parkNanos(LOOK_NANOS);
      now = done.getAsLong();
    }
    return now;
  }

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("kafka-producer", "Kafka producer");
    kinds.put("debezium", "Debezium: decoding");
    kinds.put("pool-", "Debezium: batches, and what is done with them");
    kinds.put("invalidation-", "worker");
    kinds.put("redisson", "Redis client");
    kinds.put("kafka", "Kafka broker");
    kinds.put("raft", "Kafka broker");
    kinds.put("postgres", "PostgreSQL");
    kinds.put("redis-server", "Redis");
    return kinds;
  }
}
