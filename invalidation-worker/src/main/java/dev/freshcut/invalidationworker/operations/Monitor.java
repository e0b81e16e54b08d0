package dev.freshcut.invalidationworker.operations;

import dev.freshcut.coherentcache.CacheUnavailableException;
import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.coherentcache.Watermarks;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks from time to time at what all workers and readers of the Redis have in common. */
final class Monitor implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Monitor.class);
  private static final int LOOKS_PER_COMPARISON = 20;

  private final Watermarks watermarks;
  private final Supplier<List<String>> mismatches;
  private final Clock clock;
  private volatile @Nullable Watermark watermark;
  private volatile List<String> models = List.of();
  private int looks;

  /** Compares models at every 20th look, which {@code mismatches} does. */
  Monitor(Watermarks watermarks, Supplier<List<String>> mismatches, Clock clock) {
    this.watermarks = watermarks;
    this.mismatches = mismatches;
    this.clock = clock;
  }

  @Override
  public void run() {
    try {
      watermark = watermarks.read().orElse(null);
      if (looks++ % LOOKS_PER_COMPARISON == 0) {
        compare(mismatches.get());
      }
    } catch (CacheUnavailableException e) {
      log.debug("Redis not asked", e);
    } catch (RuntimeException e) {
      log.error("watermark and models not looked at; will try again", e);
    }
  }

  private void compare(List<String> found) {
    if (!found.equals(models)) {
      found.forEach(log::warn);
    }
    models = found;
  }

  /** The watermark at the last look that Redis answered. */
  Optional<Watermark> watermark() {
    return Optional.ofNullable(watermark);
  }

  /** How old the watermark is; empty if there is none. */
  Optional<Duration> watermarkAge() {
    return watermark().map(seen -> Duration.between(seen.committedBefore(), clock.instant()));
  }

  /** What is wrong between this worker's cache model and those of other processes. */
  List<String> modelMismatches() {
    return models;
  }
}
