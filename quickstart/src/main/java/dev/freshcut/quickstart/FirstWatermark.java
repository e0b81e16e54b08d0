package dev.freshcut.quickstart;

import dev.freshcut.coherentcache.CacheUnavailableException;
import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.coherentcache.Watermarks;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Waits until a heartbeat has come through the whole pipeline: from then on readers use the cache.
 */
final class FirstWatermark {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 50;

  private FirstWatermark() {}

  static Watermark await(Watermarks watermarks) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<Watermark> watermark = read(watermarks);
      if (watermark.isPresent()) {
        return watermark.get();
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    throw new StartFailure(
        "The change stream",
        "no heartbeat reached the cache within " + LIMIT.toSeconds() + " s",
        "Look in the log for what cdc-connector or invalidation-worker say");
  }

  private static Optional<Watermark> read(Watermarks watermarks) {
    try {
      return watermarks.read();
    } catch (CacheUnavailableException e) {
      return Optional.empty();
    }
  }
}
