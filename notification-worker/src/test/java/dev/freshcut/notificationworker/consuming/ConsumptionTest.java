package dev.freshcut.notificationworker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConsumptionTest {
  private static final TopicPartition ONE = new TopicPartition("changes", 0);
  private static final TopicPartition OTHER = new TopicPartition("changes", 1);

  private final Consumption consumption = new Consumption();

  @Test
  void oneConsumersSuccessDoesNotHideAnothersFailure() {
    consumption.failed(List.of(ONE), new IllegalStateException("away"));
    consumption.worked(List.of(OTHER));
    assertThat(consumption.trouble()).contains("away");

    consumption.worked(List.of(ONE, OTHER));
    assertThat(consumption.trouble()).isNull();
  }

  @Test
  void whatIsAnotherWorkersIsNoTrouble() {
    consumption.failed(List.of(ONE, OTHER), new IllegalStateException("away"));
    consumption.left(List.of(ONE));
    assertThat(consumption.trouble()).isNotNull();
    consumption.left(List.of(OTHER));
    assertThat(consumption.trouble()).isNull();
  }
}
