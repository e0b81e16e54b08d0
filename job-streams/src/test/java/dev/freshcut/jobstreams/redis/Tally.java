package dev.freshcut.jobstreams.redis;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the store has answered to all threads of a test. */
final class Tally {
  final AtomicLong stored = new AtomicLong();
  final AtomicLong done = new AtomicLong();
  final AtomicLong redriven = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  void fail(Throwable cause) {
    failure.compareAndSet(null, cause);
  }

  @Nullable Throwable failure() {
    return failure.get();
  }
}
