package dev.freshcut.cdcconnector.lifecycle;

import dev.freshcut.cdcconnector.postgres.SlotStatus;
import dev.freshcut.cdcconnector.stream.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Health {@code connector}: down after a fault, when people have to mend something, and when a
 * running stream stands still. An idle stream does not stand still, for it has heartbeats.
 */
public final class ConnectorHealthIndicator implements HealthIndicator {
  private static final Duration LEAST_STALL = Duration.ofSeconds(30);
  private static final int STALL_BEATS = 10;

  private final ConnectorStatus status;
  private final Progress progress;
  private final Clock clock;
  private final Duration stall;

  ConnectorHealthIndicator(
      ConnectorStatus status, Progress progress, Clock clock, Duration heartbeatInterval) {
    this.status = status;
    this.progress = progress;
    this.clock = clock;
    Duration beats = heartbeatInterval.multipliedBy(STALL_BEATS);
    this.stall = beats.compareTo(LEAST_STALL) > 0 ? beats : LEAST_STALL;
  }

  @Override
  public Health health() {
    ConnectorState state = status.state();
    long silence = clock.millis() - progress.acknowledgedAt();
    boolean stalled = state == ConnectorState.STREAMING && silence > stall.toMillis();
    Health.Builder health =
        new Health.Builder(stalled ? Status.DOWN : statusOf(state))
            .withDetail("state", state.name())
            .withDetail(
                "detail", stalled ? "nothing acknowledged for " + silence + " ms" : status.detail())
            .withDetail("records", progress.records());
    status.slot().ifPresent(slot -> describe(health, slot));
    if (progress.committedAt() > 0) {
      health
          .withDetail("lastEvent", Instant.ofEpochMilli(progress.committedAt()).toString())
          .withDetail("lagMillis", Lag.millis(progress, clock));
    }
    return health.build();
  }

  private static void describe(Health.Builder health, SlotStatus slot) {
    health
        .withDetail("slot", String.valueOf(slot.walStatus()))
        .withDetail("slotActive", slot.activePid() != 0)
        .withDetail("lagBytes", slot.lagBytes());
  }

  private static Status statusOf(ConnectorState state) {
    return switch (state) {
      case STREAMING, STANDBY -> Status.UP;
      case STARTING, STOPPED -> Status.OUT_OF_SERVICE;
      case BLOCKED, RETRYING -> Status.DOWN;
    };
  }
}
