package dev.freshcut.notificationworker.operations;

import dev.freshcut.notificationworker.consuming.Consumption;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** Whether changes become jobs: actuator's {@code changes}. */
record ConsumptionHealth(
    Consumption consumption, ConcurrentMessageListenerContainer<byte[], byte[]> consumer)
    implements HealthIndicator {
  @Override
  public Health health() {
    String trouble = consumption.trouble();
    int partitions = consumer.getAssignedPartitions().size();
    Health.Builder health =
        !consumer.isChildRunning()
            ? Health.down().withDetail("trouble", "the consumer has ended; restart this process")
            : trouble != null
                ? Health.down().withDetail("trouble", trouble)
                : partitions == 0 ? Health.outOfService() : Health.up();
    return health.withDetail("partitions", partitions).build();
  }
}
