package dev.freshcut.invalidationworker.consuming;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses that double from attempt to attempt, each shortened at random by up to a half. */
final class Backoff {
  private final long initial;
  private final long max;
  private final RandomGenerator random;
  private long next;

  Backoff(Duration initial, Duration max, RandomGenerator random) {
    this.initial = initial.toMillis();
    this.max = max.toMillis();
    this.random = random;
    this.next = this.initial;
  }

  /** The next pause, in milliseconds. */
  long nextMillis() {
    long pause = next;
    next = Math.min(max, 2 * next);
    return pause - random.nextLong(pause / 2 + 1);
  }

  /** Begins anew: something has worked. */
  void reset() {
    next = initial;
  }
}
