package dev.freshcut.bookingapi.coherence;

import dev.freshcut.coherentcache.CacheUnavailableException;
import dev.freshcut.coherentcache.RedisCoherence;
import dev.freshcut.coherentcache.Watermark;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/**
 * Whether reads can use the cache. Without it the service still answers, from the database, so the
 * worst status is {@code DEGRADED}.
 */
@Component
final class CacheHealthIndicator extends AbstractHealthIndicator {
  private static final Status DEGRADED =
      new Status("DEGRADED", "reads go to the database; they are slower, and right");

  private final RedisCoherence coherence;
  private final Duration bound;
  private final Clock clock;

  CacheHealthIndicator(RedisCoherence coherence, CacheProperties properties, Clock clock) {
    super("cache health check failed");
    this.coherence = coherence;
    this.bound = properties.watermarkBound();
    this.clock = clock;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    Optional<Watermark> watermark;
    try {
      watermark = coherence.watermarks().read();
    } catch (CacheUnavailableException e) {
      health.status(DEGRADED).withDetail("bypass", "redis").withDetail("reason", reason(e));
      return;
    }
    Optional<Duration> age =
        watermark.map(w -> Duration.between(w.committedBefore(), clock.instant()));
    age.ifPresent(a -> health.withDetail("watermarkAge", a.toString()));
    health.withDetail("watermarkBound", bound.toString());
    if (bound.isZero() || age.filter(a -> a.compareTo(bound) <= 0).isPresent()) {
      health.up();
    } else {
      health.status(DEGRADED).withDetail("bypass", "watermark");
    }
  }

  private static String reason(CacheUnavailableException e) {
    return e.getMessage() == null ? "no answer" : e.getMessage();
  }
}
