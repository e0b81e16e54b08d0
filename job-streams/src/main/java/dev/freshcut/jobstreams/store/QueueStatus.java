package dev.freshcut.jobstreams.store;

import dev.freshcut.jobstreams.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queue at one moment.
 *
 * @param ready jobs that wait for a worker
 * @param overdue scheduled jobs whose time has come but that no worker has looked at
 * @param oldest how long the longest waiting ready job has waited; zero if none waits
 * @param ended jobs that are kept to be looked at, dead ones not counted
 * @param workers with a lease
 * @param held until when nothing is begun, because a handler was throttled
 * @param counters since the queue's beginning
 */
public record QueueStatus(
    String queue,
    Map<Priority, Long> ready,
    long scheduled,
    long overdue,
    long running,
    long ended,
    long dead,
    Duration oldest,
    int workers,
    boolean paused,
    @Nullable Instant held,
    @Nullable RateLimit rateLimit,
    Counters counters) {
  /** Totals; each only grows. */
  public record Counters(
      long enqueued,
      long done,
      long retried,
      long dead,
      long cancelled,
      long lost,
      long released,
      long postponed) {}
}
