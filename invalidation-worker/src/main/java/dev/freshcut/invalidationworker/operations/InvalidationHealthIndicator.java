package dev.freshcut.invalidationworker.operations;

import dev.freshcut.invalidationworker.consuming.ConsumerLoop;
import dev.freshcut.invalidationworker.consuming.Lifecycle;
import dev.freshcut.invalidationworker.consuming.Lifecycle.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether changes reach the cache: actuator's {@code invalidation}. */
final class InvalidationHealthIndicator implements HealthIndicator {
  private final List<ConsumerLoop> loops;
  private final Monitor monitor;
  private final Duration watermarkBound;

  /**
   * Reports on these.
   *
   * @param watermarkBound beyond it readers bypass the cache; zero if they do not check it
   */
  InvalidationHealthIndicator(List<ConsumerLoop> loops, Monitor monitor, Duration watermarkBound) {
    this.loops = loops;
    this.monitor = monitor;
    this.watermarkBound = watermarkBound;
  }

  @Override
  public Health health() {
    Lifecycle.Status worst =
        loops.stream()
            .map(ConsumerLoop::status)
            .max((a, b) -> Integer.compare(badness(a.state()), badness(b.state())))
            .orElseThrow();
    Optional<Duration> age = monitor.watermarkAge();
    boolean bypassed =
        !watermarkBound.isZero() && age.map(a -> a.compareTo(watermarkBound) > 0).orElse(true);
    Health.Builder health = new Health.Builder();
    switch (worst.state()) {
      case RUNNING -> health.status(bypassed ? "DOWN" : "UP");
      case STARTING -> health.outOfService();
      case PAUSED, STOPPED -> health.down();
    }
    health.withDetail("state", worst.state());
    if (!worst.reason().isEmpty()) {
      health.withDetail("reason", worst.reason());
    } else if (bypassed) {
      health.withDetail(
          "reason",
          "the watermark is missing or too old, so readers bypass the cache; see that the change"
              + " connector is running, that its heartbeats arrive, and that it captures every"
              + " table of the cache model (the log names those that it does not)");
    }
    monitor
        .watermark()
        .ifPresent(
            watermark ->
                health
                    .withDetail("watermark", watermark.committedBefore())
                    .withDetail("xid", watermark.xid()));
    age.ifPresent(a -> health.withDetail("lagMillis", a.toMillis()));
    Map<String, Long> positions = new TreeMap<>();
    loops.forEach(loop -> positions.putAll(loop.positions()));
    health.withDetail("positions", positions);
    health.withDetail("owedEvictions", loops.stream().mapToInt(ConsumerLoop::owed).sum());
    if (!monitor.modelMismatches().isEmpty()) {
      health.withDetail("modelMismatches", monitor.modelMismatches());
    }
    return health.build();
  }

  private static int badness(State state) {
    return switch (state) {
      case RUNNING -> 0;
      case STARTING -> 1;
      case PAUSED -> 2;
      case STOPPED -> 3;
    };
  }
}
