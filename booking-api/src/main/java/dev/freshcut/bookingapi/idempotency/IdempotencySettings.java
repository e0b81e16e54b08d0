package dev.freshcut.bookingapi.idempotency;

import dev.freshcut.bookingapi.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long answers are kept for clients that repeat a request.
 *
 * @param lifetime of a key since its answer, 1 min to 7 days; afterwards it is as if never sent
 * @param sweepInterval pause between deletions of keys that have outlived it, 1 s to 1 day
 */
@ConfigurationProperties("freshcut.idempotency")
public record IdempotencySettings(
    @DefaultValue("24h") Duration lifetime, @DefaultValue("10m") Duration sweepInterval) {

  /** Checks the bounds. */
  public IdempotencySettings {
    Bounds.between(
        "freshcut.idempotency.lifetime", lifetime, Duration.ofMinutes(1), Duration.ofDays(7));
    Bounds.between(
        "freshcut.idempotency.sweep-interval",
        sweepInterval,
        Duration.ofSeconds(1),
        Duration.ofDays(1));
  }
}
