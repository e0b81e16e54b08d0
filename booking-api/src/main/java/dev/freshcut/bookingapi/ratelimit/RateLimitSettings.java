package dev.freshcut.bookingapi.ratelimit;

import dev.freshcut.bookingapi.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rate limits, each as requests a minute, an hour and a day ({@code 20/200/1000}).
 *
 * @param enabled whether there are any
 * @param authentication of logins and the like
 * @param writes of changes
 * @param analytics of reports
 * @param reads of other reads
 * @param redisTimeout what a request may wait for Redis, 10 ms to 5 s; beyond it the instance
 *     counts in its own memory
 * @param redisPause how long it then leaves Redis alone, 100 ms to 10 min
 * @param memoryEntries callers and resources that it remembers meanwhile, 100 to 1 million; the
 *     least recently used are forgotten
 */
@ConfigurationProperties("freshcut.rate-limit")
public record RateLimitSettings(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("5/20/100") Quota authentication,
    @DefaultValue("20/200/1000") Quota writes,
    @DefaultValue("30/500/5000") Quota analytics,
    @DefaultValue("100/2000/20000") Quota reads,
    @DefaultValue("250ms") Duration redisTimeout,
    @DefaultValue("5s") Duration redisPause,
    @DefaultValue("20000") int memoryEntries) {

  /** Checks the bounds. */
  public RateLimitSettings {
    Bounds.between(
        "freshcut.rate-limit.redis-timeout",
        redisTimeout,
        Duration.ofMillis(10),
        Duration.ofSeconds(5));
    Bounds.between(
        "freshcut.rate-limit.redis-pause",
        redisPause,
        Duration.ofMillis(100),
        Duration.ofMinutes(10));
    Bounds.between("freshcut.rate-limit.memory-entries", memoryEntries, 100, 1_000_000);
  }

  Quota of(Resource resource) {
    return switch (resource) {
      case AUTHENTICATION -> authentication;
      case WRITES -> writes;
      case ANALYTICS -> analytics;
      case READS -> reads;
    };
  }
}
