package dev.freshcut.cdcconnector.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class OffsetsTopicTest {
  /** No real broker dies reliably between telling the end and sending the records. */
  @Test
  @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
  void aBrokerThatDiesMidwayEndsTheReading() {
    TopicPartition partition = new TopicPartition("t", 0);
    Node[] none = {};
    try (MockConsumer<byte[], byte[]> reader = new MockConsumer<>("earliest")) {
      reader.updatePartitions("t", List.of(new PartitionInfo("t", 0, Node.noNode(), none, none)));
      reader.updateBeginningOffsets(Map.of(partition, 0L));
      reader.updateEndOffsets(Map.of(partition, 5L));

      assertThatThrownBy(() -> OffsetsTopic.read(reader, "t", Duration.ofMillis(50)))
          .isInstanceOf(TimeoutException.class)
          .hasMessage("topic t could not be read within 50 ms");
    }
  }
}
