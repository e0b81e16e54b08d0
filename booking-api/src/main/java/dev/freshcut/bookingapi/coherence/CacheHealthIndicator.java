package dev.freshcut.bookingapi.coherence;

import dev.freshcut.coherentcache.Answer.Cause;
import dev.freshcut.coherentcache.CacheUnavailableException;
import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.RedisCoherence;
import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.coherentcache.Watermarks;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Whether reads use the cache. Without it the service still answers, from the database, so the
 * worst status is {@code DEGRADED}.
 */
@Component
final class CacheHealthIndicator extends AbstractHealthIndicator {
  private static final Status DEGRADED =
      new Status("DEGRADED", "reads go to the database; they are slower, and right");

  private final CoherentCache cache;
  private final Watermarks watermarks;
  private final Clock clock;

  CacheHealthIndicator(CoherentCache cache, RedisCoherence coherence, Clock clock) {
    super("cache health check failed");
    this.cache = cache;
    this.watermarks = coherence.watermarks();
    this.clock = clock;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    Optional<Cause> cause = cache.bypassing();
    try {
      // Also the answer to whether Redis is there, while no reads have found out.
      watermarks.read().ifPresent(watermark -> health.withDetail("watermarkAge", age(watermark)));
    } catch (CacheUnavailableException e) {
      cause = Optional.of(Cause.REDIS);
    }
    if (cause.isEmpty()) {
      health.up();
    } else {
      health.status(DEGRADED).withDetail("bypass", cause.get().name().toLowerCase(Locale.ROOT));
    }
  }

  private String age(Watermark watermark) {
    return Duration.between(watermark.committedBefore(), clock.instant()).toString();
  }
}
