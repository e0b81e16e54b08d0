package dev.freshcut.notificationworker.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.consuming.Consumption;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

class ConsumptionHealthTest {
  private static Health health(boolean running) {
    return new ConsumptionHealth(new Consumption(), new Idle(running), Duration.ofMinutes(1))
        .health();
  }

  /** As of a worker more than there are partitions: it is there for when another ends. */
  @Test
  void workerWithoutPartitionsIsUp() {
    Health health = health(true);
    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails()).containsEntry("partitions", 0).containsKey("note");
  }

  @Test
  void consumerThatHasEndedIsDown() {
    assertThat(health(false).getStatus()).isEqualTo(Status.DOWN);
  }

  /** Has no partitions. */
  private static final class Idle extends ConcurrentMessageListenerContainer<byte[], byte[]> {
    private final boolean running;

    Idle(boolean running) {
      super(new DefaultKafkaConsumerFactory<>(Map.of()), new ContainerProperties("changes"));
      this.running = running;
    }

    @Override
    public boolean isChildRunning() {
      return running;
    }

    @Override
    public Collection<TopicPartition> getAssignedPartitions() {
      return List.of();
    }

    @Override
    public Map<String, Map<MetricName, ? extends Metric>> metrics() {
      return Map.of();
    }
  }
}
