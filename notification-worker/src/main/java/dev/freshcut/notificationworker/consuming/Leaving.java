package dev.freshcut.notificationworker.consuming;

import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/** Keeps what became another worker's from being this one's trouble. */
record Leaving(Consumption consumption) implements ConsumerAwareRebalanceListener {
  @Override
  public void onPartitionsRevokedAfterCommit(
      Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    consumption.left(partitions);
  }

  @Override
  public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
    consumption.left(partitions);
  }
}
