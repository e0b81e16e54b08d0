package dev.freshcut.notificationworker.operations;

import dev.freshcut.notificationworker.consuming.ConsumptionListener;
import dev.freshcut.notificationworker.dispatch.DispatchListener;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Counts, in meters named {@code freshcut.notifications.*}. */
final class NotificationMetrics implements ConsumptionListener, DispatchListener {
  private static final String PREFIX = "freshcut.notifications.";

  private final MeterRegistry registry;
  private final Clock clock;
  private final Timer lag;

  NotificationMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    this.lag =
        Timer.builder(PREFIX + "lag")
            .description("From a change's commit, by the database's clock, to its jobs")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofMinutes(10))
            .register(registry);
  }

  @Override
  public void worked(String topic, String outcome) {
    registry.counter(PREFIX + "changes", "topic", topic, "outcome", outcome).increment();
  }

  @Override
  public void planned(Instant committedAt) {
    Duration since = Duration.between(committedAt, clock.instant());
    lag.record(since.isNegative() ? Duration.ZERO : since);
  }

  @Override
  public void ended(Kind kind, Channel channel, String result) {
    registry
        .counter(
            PREFIX + "attempts", "kind", kind.text(), "channel", channel.text(), "result", result)
        .increment();
  }
}
