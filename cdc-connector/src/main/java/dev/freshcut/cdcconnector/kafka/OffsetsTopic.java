package dev.freshcut.cdcconnector.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a compacted topic of positions. */
final class OffsetsTopic {
  private static final Duration POLL = Duration.ofMillis(200);

  private OffsetsTopic() {}

  /**
   * The latest value of each key.
   *
   * @throws org.apache.kafka.common.KafkaException if the topic cannot be read
   */
  static Map<ByteBuffer, ByteBuffer> read(Consumer<byte[], byte[]> reader, String topic) {
    List<TopicPartition> partitions =
        reader.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    reader.assign(partitions);
    reader.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
    Map<ByteBuffer, ByteBuffer> latest = new HashMap<>();
    while (ends.entrySet().stream().anyMatch(e -> reader.position(e.getKey()) < e.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
        if (record.key() == null) {
          continue;
        }
        if (record.value() == null) {
          latest.remove(ByteBuffer.wrap(record.key()));
        } else {
          latest.put(ByteBuffer.wrap(record.key()), ByteBuffer.wrap(record.value()));
        }
      }
    }
    return latest;
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
