package dev.freshcut.quickstart;

import dev.freshcut.coherentcache.CacheUnavailableException;
import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.coherentcache.Watermarks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The way of changes from the database to the cache, as its heartbeats show it. */
final class ChangeStream {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 20;

  private final Watermarks watermarks;
  private final CoherentCache reader;
  private final Clock clock;

  /**
   * @param reader that of the API
   */
  ChangeStream(Watermarks watermarks, CoherentCache reader, Clock clock) {
    this.watermarks = watermarks;
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * Returns when the worker has evicted everything once, as it does whenever it finds Redis without
   * its positions.
   *
   * @return itself
   */
  ChangeStream awaitFirstEviction() throws InterruptedException {
    await(
        () -> watermarks.everythingEvictedAt().isPresent(),
        "the worker did not begin to evict",
        "Look in the log for what cdc-connector or invalidation-worker say");
    return this;
  }

  /** Returns when everything that is committed by now has been evicted, and readers know it. */
  void awaitNow() throws InterruptedException {
    Instant now = clock.instant();
    await(
        () -> reached().isAfter(now),
        "no heartbeat of after the demo data reached the cache",
        "Look in the log for what cdc-connector or invalidation-worker say, and whether the clocks"
            + " of this machine and of the database agree");
    await(
        () -> reader.bypassing().isEmpty(),
        "the API did not begin to use the cache",
        "Look in the log for what booking-api says of Redis and of the watermark");
  }

  private static void await(BooleanSupplier condition, String otherwise, String mend)
      throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > deadline) {
        throw new StartFailure(
            "The change stream", otherwise + " within " + LIMIT.toSeconds() + " s", mend);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private static boolean holds(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (CacheUnavailableException e) {
      return false;
    }
  }

  private Instant reached() {
    return watermarks.read().map(Watermark::committedBefore).orElse(Instant.MIN);
  }
}
