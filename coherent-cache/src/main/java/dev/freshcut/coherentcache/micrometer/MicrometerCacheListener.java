package dev.freshcut.coherentcache.micrometer;

import dev.freshcut.coherentcache.Answer.Source;
import dev.freshcut.coherentcache.CacheListener;
import dev.freshcut.coherentcache.StampedStore.Fill;
import dev.freshcut.coherentcache.model.Family;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts and times what the cache does: {@code freshcut.cache.reads} (by family, result and
 * detail), {@code freshcut.cache.fills.refused}, {@code freshcut.cache.not.stored}, {@code
 * freshcut.cache.evict} (a timer of pipelines), {@code freshcut.cache.evicted.patterns}, {@code
 * freshcut.cache.evicted.entries} and {@code freshcut.cache.redis.failures}.
 */
public final class MicrometerCacheListener implements CacheListener {
  private final MeterRegistry registry;

  /** Meters are made in {@code registry} as they are needed. */
  public MicrometerCacheListener(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void answered(Family family, Source source, Duration took) {
    String detail =
        switch (source) {
          case Source.Hit hit -> "none";
          case Source.Miss miss -> miss.reason().name();
          case Source.Bypass bypass -> bypass.cause().name();
        };
    registry
        .timer(
            "freshcut.cache.reads",
            "family",
            family.name(),
            "result",
            source.getClass().getSimpleName().toLowerCase(Locale.ROOT),
            "detail",
            detail.toLowerCase(Locale.ROOT))
        .record(took);
  }

  @Override
  public void fillRefused(Family family, Fill why) {
    registry
        .counter(
            "freshcut.cache.fills.refused",
            "family",
            family.name(),
            "reason",
            why.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public void notStored(Family family, NotStored reason) {
    registry
        .counter(
            "freshcut.cache.not.stored",
            "family",
            family.name(),
            "reason",
            reason.name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public void evicted(int patterns, long entries, Duration took) {
    registry.timer("freshcut.cache.evict").record(took);
    registry.counter("freshcut.cache.evicted.patterns").increment(patterns);
    registry.counter("freshcut.cache.evicted.entries").increment((double) entries);
  }

  @Override
  public void redisFailed(String operation, Throwable cause) {
    registry.counter("freshcut.cache.redis.failures", "operation", operation).increment();
  }
}
