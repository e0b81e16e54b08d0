package dev.freshcut.benchmarks.jobs;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Watches workers work off what was enqueued before. */
final class Backlog {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private Backlog() {}

  /** How many have not ended. */
  @FunctionalInterface
  interface Left {
    long count() throws IOException;
  }

  /**
   * Jobs a second, from the first look after a tenth was done to the last job's end: starting is
   * not counted.
   *
   * @param left how many have not ended
   * @throws IllegalStateException if it takes more than five minutes
   */
  static double drain(int count, Left left) throws IOException {
    long begin = awaitAtMost(count - count / 10, left);
    long start = System.nanoTime();
    awaitAtMost(0, left);
    return begin * 1e9 / (System.nanoTime() - start);
  }

  /** Waits until no more than so many are left, and returns how many are. */
  static long awaitAtMost(long most, Left left) throws IOException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long now = left.count();
    while (now > most) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(now + " jobs are left after five minutes");
      }
      LockSupport.parkNanos(LOOK_NANOS);
      now = left.count();
    }
    return now;
  }
}
