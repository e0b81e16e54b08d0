package dev.freshcut.bookingapi.ratelimit;

import java.time.Clock;
import java.time.Duration;
import org.redisson.api.RedissonClient;

/** Counts in Redis, together with the other instances. */
final class RedisLimiter implements Limiter {
  private final RedisBuckets buckets;
  private final String prefix;

  /**
   * @param prefix of its keys
   * @param timeout beyond which it throws
   */
  RedisLimiter(RedissonClient redisson, String prefix, Duration timeout, Clock clock) {
    this.buckets = new RedisBuckets(redisson, Buckets.time(clock), timeout);
    this.prefix = prefix;
  }

  @Override
  public Verdict take(String key, Quota quota) {
    // Another quota is another bucket: instances may be given it one after the other.
    String name = prefix + quota + ":" + key;
    return Verdict.of(
        buckets
            .builder()
            .build(name, () -> Buckets.of(quota))
            .asVerbose()
            .tryConsumeAndReturnRemaining(1));
  }
}
