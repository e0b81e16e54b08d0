package dev.freshcut.notificationworker.operations;

import dev.freshcut.notificationworker.consuming.Consumption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * Whether changes become jobs: actuator's {@code changes}.
 *
 * @param downAfter how long the brokers may be silent, or not be asked for records
 */
record ConsumptionHealth(
    Consumption consumption,
    ConcurrentMessageListenerContainer<byte[], byte[]> consumer,
    Duration downAfter)
    implements HealthIndicator {
  /** Of a consumer: its last word with the group's coordinator, and its last poll. */
  private static final Set<String> AGES =
      Set.of("last-heartbeat-seconds-ago", "last-poll-seconds-ago");

  @Override
  public Health health() {
    String trouble = trouble();
    int partitions = consumer.getAssignedPartitions().size();
    Health.Builder health =
        trouble != null ? Health.down().withDetail("trouble", trouble) : Health.up();
    if (partitions == 0) {
      health.withDetail("note", "others of the group have all partitions, or it has just begun");
    }
    return health.withDetail("partitions", partitions).build();
  }

  private @Nullable String trouble() {
    if (!consumer.isChildRunning()) {
      return "the consumer has ended; restart this process";
    }
    String trouble = consumption.trouble();
    if (trouble != null) {
      return trouble;
    }
    long silent = silentSeconds();
    return silent > downAfter.toSeconds()
        ? "a consumer has not spoken with Kafka for " + silent + " s; see whether it is there"
        : null;
  }

  /** Of the consumer that was silent longest; those that never spoke have no partitions. */
  private long silentSeconds() {
    return consumer.metrics().values().stream()
        .map(Map::values)
        .flatMap(metrics -> metrics.stream().map(Metric.class::cast))
        .filter(metric -> AGES.contains(metric.metricName().name()))
        .map(Metric::metricValue)
        .filter(Number.class::isInstance)
        .mapToLong(value -> ((Number) value).longValue())
        .max()
        .orElse(0);
  }
}
