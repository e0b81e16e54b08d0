package dev.freshcut.invalidationworker.operations;

import dev.freshcut.invalidationworker.consuming.WorkerListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@link WorkerListener} that counts, in meters named {@code freshcut.invalidation.*}. */
final class WorkerMetrics implements WorkerListener {
  static final String PREFIX = "freshcut.invalidation.";

  private final MeterRegistry registry;
  private final Timer lag;
  private final Counter evictions;
  private final Counter entries;

  WorkerMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.lag =
        Timer.builder(PREFIX + "lag")
            .description("From a change's commit, by the database's clock, to its evictions")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofMinutes(2))
            .register(registry);
    this.evictions =
        Counter.builder(PREFIX + "evictions")
            .description("Patterns evicted, before equal ones of a batch are coalesced")
            .register(registry);
    this.entries =
        Counter.builder(PREFIX + "entries.evicted")
            .description("Cache entries removed by evictions")
            .register(registry);
  }

  @Override
  public void worked(@Nullable String table, String outcome, int records) {
    registry
        .counter(PREFIX + "changes", "table", table == null ? "other" : table, "outcome", outcome)
        .increment(records);
  }

  @Override
  public void lag(long millis) {
    lag.record(Math.max(0, millis), TimeUnit.MILLISECONDS);
  }

  @Override
  public void evicted(int patterns, long removed) {
    evictions.increment(patterns);
    entries.increment((double) removed);
  }

  @Override
  public void deadLettered(String kind) {
    registry.counter(PREFIX + "dead.letters", "kind", kind).increment();
  }

  @Override
  public void rewound() {
    registry.counter(PREFIX + "rewinds").increment();
  }

  @Override
  public void gap(String cause) {
    registry.counter(PREFIX + "gaps", "cause", cause).increment();
  }
}
