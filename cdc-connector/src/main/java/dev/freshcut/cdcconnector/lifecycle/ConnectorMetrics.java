package dev.freshcut.cdcconnector.lifecycle;

import dev.freshcut.cdcconnector.postgres.SlotStatus;
import dev.freshcut.cdcconnector.stream.Progress;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.Locale;

/** Meters {@code freshcut.connector.*}; each is described where it is registered. */
public final class ConnectorMetrics implements MeterBinder {
  private static final String PREFIX = "freshcut.connector.";

  private final ConnectorStatus status;
  private final Progress progress;
  private final Clock clock;

  ConnectorMetrics(ConnectorStatus status, Progress progress, Clock clock) {
    this.status = status;
    this.progress = progress;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder(PREFIX + "lag.bytes", status, ConnectorMetrics::lagBytes)
        .description("WAL written since the position that the slot has confirmed; NaN: no slot yet")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder(PREFIX + "lag.seconds", progress, this::lagSeconds)
        .description("Age of the newest change that Kafka has acknowledged; NaN: none yet")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder(PREFIX + "last.event.seconds", progress, p -> p.committedAt() / 1_000.0)
        .description("Commit time of the newest change that Kafka has acknowledged, Unix time")
        .baseUnit("seconds")
        .register(registry);
    FunctionCounter.builder(PREFIX + "records", progress, Progress::records)
        .description("Records that Kafka has acknowledged, heartbeats and tombstones included")
        .register(registry);
    FunctionCounter.builder(PREFIX + "failures", status, ConnectorStatus::failures)
        .description("Attempts to stream that ended by a fault")
        .register(registry);
    FunctionCounter.builder(PREFIX + "gaps", status, ConnectorStatus::gaps)
        .description("Gaps announced on the control topic")
        .register(registry);
    for (ConnectorState state : ConnectorState.values()) {
      Gauge.builder(PREFIX + "state", status, s -> s.state() == state ? 1 : 0)
          .description("1 for the state that the connector is in, 0 for the others")
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private static double lagBytes(ConnectorStatus status) {
    return status.slot().map(SlotStatus::lagBytes).map(Long::doubleValue).orElse(Double.NaN);
  }

  private double lagSeconds(Progress acknowledged) {
    return acknowledged.committedAt() == 0 ? Double.NaN : Lag.millis(acknowledged, clock) / 1_000.0;
  }
}
