package dev.freshcut.bookingapi.ratelimit;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.LocalBucket;
import io.github.bucket4j.local.LocalBucketBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts in this instance's memory. */
final class MemoryLimiter implements Limiter {
  private final TimeMeter time;
  private final Map<String, LocalBucket> buckets;

  MemoryLimiter(int entries, Clock clock) {
    this.time = Buckets.time(clock);
    this.buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, LocalBucket> eldest) {
            return size() > entries;
          }
        };
  }

  @Override
  public Verdict take(String key, Quota quota) {
    return Verdict.of(bucket(key, quota).asVerbose().tryConsumeAndReturnRemaining(1));
  }

  @Override
  public Duration pause(String key, Quota quota) {
    return Buckets.pause(bucket(key, quota));
  }

  @Override
  public void giveBack(String key, Quota quota) {
    bucket(key, quota).addTokens(1);
  }

  private LocalBucket bucket(String key, Quota quota) {
    synchronized (buckets) {
      return buckets.computeIfAbsent(key, absent -> make(quota));
    }
  }

  /** Forgets everybody. */
  void clear() {
    synchronized (buckets) {
      buckets.clear();
    }
  }

  private LocalBucket make(Quota quota) {
    BucketConfiguration configuration = Buckets.of(quota);
    LocalBucketBuilder builder = new LocalBucketBuilder().withCustomTimePrecision(time);
    for (var bandwidth : configuration.getBandwidths()) {
      builder.addLimit(bandwidth);
    }
    return builder.build();
  }
}
