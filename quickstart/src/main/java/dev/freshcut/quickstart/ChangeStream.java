package dev.freshcut.quickstart;

import dev.freshcut.coherentcache.CacheUnavailableException;
import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.coherentcache.Watermarks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The way of changes from the database to the cache, as its heartbeats show it. */
final class ChangeStream {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 20;

  private final Watermarks watermarks;
  private final Clock clock;

  ChangeStream(Watermarks watermarks, Clock clock) {
    this.watermarks = watermarks;
    this.clock = clock;
  }

  /** Returns when everything that is committed by now has been evicted. */
  Instant awaitNow() throws InterruptedException {
    Instant now = clock.instant();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Instant reached = reached();
      if (reached.isAfter(now)) {
        return reached;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    throw new StartFailure(
        "The change stream",
        "no heartbeat reached the cache within " + LIMIT.toSeconds() + " s",
        "Look in the log for what cdc-connector or invalidation-worker say");
  }

  private Instant reached() {
    try {
      return watermarks.read().map(Watermark::committedBefore).orElse(Instant.MIN);
    } catch (CacheUnavailableException e) {
      return Instant.MIN;
    }
  }
}
