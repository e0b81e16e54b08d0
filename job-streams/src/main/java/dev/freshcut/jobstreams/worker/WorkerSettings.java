package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.Names;
import java.time.Duration;

/**
 * How a worker works.
 *
 * @param name what operators see of it; each start adds letters of its own
 * @param concurrency most jobs at once, 1 to 10,000
 * @param lease how long after a worker's last heartbeat its jobs are taken back, 500 ms to 10 min;
 *     it beats three times as often
 * @param drain how long what runs may still take when the worker stops, at most 1 h
 * @param mostLosses how often a job may be lost with its worker before it is given up, 0 to 100
 */
public record WorkerSettings(
    String name, int concurrency, Duration lease, Duration drain, int mostLosses) {
  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException with the reason
   */
  public WorkerSettings {
    Names.check("name", name);
    if (concurrency < 1 || concurrency > 10_000) {
      throw new IllegalArgumentException("concurrency is " + concurrency + ": from 1 to 10000");
    }
    if (lease.toMillis() < 500 || lease.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException("lease is " + lease + ": from 500 ms to 10 min");
    }
    if (drain.isNegative() || drain.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("drain is " + drain + ": from nothing to 1 h");
    }
    if (mostLosses < 0 || mostLosses > 100) {
      throw new IllegalArgumentException("most-losses is " + mostLosses + ": from 0 to 100");
    }
  }

  /** 32 jobs at once, a lease of 15 s, 20 s to drain, five losses. */
  public static WorkerSettings defaults() {
    return new WorkerSettings("worker", 32, Duration.ofSeconds(15), Duration.ofSeconds(20), 5);
  }

  public WorkerSettings withConcurrency(int newConcurrency) {
    return new WorkerSettings(name, newConcurrency, lease, drain, mostLosses);
  }

  public WorkerSettings withLease(Duration newLease) {
    return new WorkerSettings(name, concurrency, newLease, drain, mostLosses);
  }

  public WorkerSettings withDrain(Duration newDrain) {
    return new WorkerSettings(name, concurrency, lease, newDrain, mostLosses);
  }

  /** So that two heartbeats in a row may fail. */
  Duration beat() {
    return lease.dividedBy(3);
  }
}
