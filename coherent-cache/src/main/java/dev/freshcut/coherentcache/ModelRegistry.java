package dev.freshcut.coherentcache;

import dev.freshcut.redisaccess.RedisCalls;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.redisson.api.RScoredSortedSet;
import org.redisson.client.codec.StringCodec;

/** The fingerprints of the cache models in use, each with the time it was last seen. */
final class ModelRegistry {
  /** A model that has not been seen for so long is no longer in use. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(2);

  private final RedisCalls redis;
  private final RScoredSortedSet<String> seen;
  private final String fingerprint;
  private final Clock clock;

  ModelRegistry(RedisCalls redis, Keys keys, String fingerprint, Clock clock) {
    this.redis = redis;
    this.seen = redis.redisson().getScoredSortedSet(keys.models(), StringCodec.INSTANCE);
    this.fingerprint = fingerprint;
    this.clock = clock;
  }

  void register() {
    redis.within("ZADD", () -> seen.addAsync((double) clock.millis(), fingerprint));
    redis.within(
        "ZREMRANGEBYSCORE",
        () -> seen.removeRangeByScoreAsync(Double.NEGATIVE_INFINITY, true, oldest(), false));
  }

  List<String> mismatches() {
    Collection<String> others =
        redis.within(
            "ZRANGEBYSCORE",
            () -> seen.valueRangeAsync(oldest(), true, Double.POSITIVE_INFINITY, true));
    return others.stream()
        .filter(other -> !other.equals(fingerprint))
        .map(
            other ->
                "another process uses cache model %s, this one %s; until both use the same file,"
                        .formatted(other, fingerprint)
                    + " evictions scan the scopes that the other has filled")
        .toList();
  }

  private double oldest() {
    return (double) (clock.millis() - FORGOTTEN_AFTER.toMillis());
  }
}
