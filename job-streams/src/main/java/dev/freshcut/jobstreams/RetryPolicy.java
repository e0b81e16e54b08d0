package dev.freshcut.jobstreams;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When a failed job is tried again: {@code first} after the first failure, then twice as long each
 * time, at most {@code longest}; give or take {@code jitter}.
 *
 * @param attempts most attempts, 1 to 100
 * @param first wait after the first failure, 1 ms or more
 * @param longest bound of the wait, at most 366 days
 * @param jitter 0 to 1: the share by which a wait is varied at random
 * @param never failures that no later attempt can mend: a dead letter at once
 */
public record RetryPolicy(
    int attempts,
    Duration first,
    Duration longest,
    double jitter,
    List<Class<? extends Exception>> never) {
  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException with the reason
   */
  public RetryPolicy {
    if (attempts < 1 || attempts > 100) {
      throw new IllegalArgumentException("attempts is " + attempts + ": 1 to 100");
    }
    if (first.compareTo(Duration.ofMillis(1)) < 0
        || longest.compareTo(first) < 0
        || longest.compareTo(Spans.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "first wait is "
              + first
              + ", longest "
              + longest
              + ": from 1 ms to "
              + Spans.LONGEST.toDays()
              + " days, in this order");
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter is " + jitter + ": 0 to 1");
    }
    never = List.copyOf(never);
  }

  /** Three attempts, 60 s and 120 s apart, give or take a fifth. */
  public static RetryPolicy defaults() {
    return new RetryPolicy(3, Duration.ofSeconds(60), Duration.ofHours(1), 0.2, List.of());
  }

  public RetryPolicy withFirst(Duration newFirst) {
    return new RetryPolicy(attempts, newFirst, longest, jitter, never);
  }

  public RetryPolicy withAttempts(int newAttempts) {
    return new RetryPolicy(newAttempts, first, longest, jitter, never);
  }

  /** The wait after the n-th failed attempt, counted from 1. */
  public Duration wait(int attempt, RandomGenerator random) {
    int doublings = Math.min(attempt - 1, 40);
    double plain =
        Math.min((double) first.toMillis() * Math.pow(2, doublings), (double) longest.toMillis());
    double varied = plain * (1 + jitter * (2 * random.nextDouble() - 1));
    double bounded = Math.min(varied, (double) Spans.LONGEST.toMillis());
    return Duration.ofMillis(Math.max(1, Math.round(bounded)));
  }
}
