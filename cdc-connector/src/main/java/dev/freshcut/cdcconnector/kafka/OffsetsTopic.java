package dev.freshcut.cdcconnector.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads a compacted topic of positions. */
final class OffsetsTopic {
  private static final Duration POLL = Duration.ofMillis(200);

  private OffsetsTopic() {}

  /**
   * The latest value of each key, read by a consumer of its own.
   *
   * @param properties {@link KafkaClients#readerProperties}, whose API timeout also bounds the
   *     whole reading
   * @throws org.apache.kafka.common.KafkaException if the topic cannot be read in time
   */
  static Map<ByteBuffer, ByteBuffer> read(Map<String, Object> properties, String topic) {
    long millis =
        Long.parseLong(
            String.valueOf(properties.get(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)));
    Consumer<byte[], byte[]> reader = KafkaClients.reader(properties);
    try {
      return read(reader, topic, Duration.ofMillis(millis));
    } finally {
      reader.close(CloseOptions.timeout(POLL));
    }
  }

  static Map<ByteBuffer, ByteBuffer> read(
      Consumer<byte[], byte[]> reader, String topic, Duration atMost) {
    List<TopicPartition> partitions =
        reader.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    reader.assign(partitions);
    reader.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
    Map<ByteBuffer, ByteBuffer> latest = new HashMap<>();
    long started = System.nanoTime();
    while (ends.entrySet().stream().anyMatch(e -> reader.position(e.getKey()) < e.getValue())) {
      // While brokers are gone, a poll is merely empty.
      if (System.nanoTime() - started > atMost.toNanos()) {
        throw new TimeoutException(
            "topic %s could not be read within %d ms".formatted(topic, atMost.toMillis()));
      }
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
