package dev.freshcut.bookingapi.ratelimit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConfigurationBuilder;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Quotas as token buckets, one for each window: full at first, and refilled evenly, or all at once
 * at the end of each window, the first of which begins with the first request. So a caller who
 * rests may make as many requests at once as the window has, and one who does not makes them at the
 * window's rate; if they are refilled evenly, there is no boundary at which twice as many become
 * free.
 */
final class Buckets {
  private static final long NANOS = 1_000_000_000;

  private Buckets() {}

  static BucketConfiguration of(Quota quota) {
    ConfigurationBuilder configuration = BucketConfiguration.builder();
    for (Quota.Window window : quota.windows()) {
      configuration.addLimit(
          limit -> {
            var capacity = limit.capacity(window.requests());
            var refill =
                quota.evenly()
                    ? capacity.refillGreedy(window.requests(), window.length())
                    : capacity.refillIntervally(window.requests(), window.length());
            return refill.id(window.name());
          });
    }
    return configuration.build();
  }

  static Duration pause(Bucket bucket) {
    return Duration.ofNanos(bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill());
  }

  /** Instances share buckets, so their time must be the wall's. */
  static TimeMeter time(Clock clock) {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS + now.getNano();
      }

      @Override
      public boolean isWallClockBased() {
        return true;
      }
    };
  }
}
