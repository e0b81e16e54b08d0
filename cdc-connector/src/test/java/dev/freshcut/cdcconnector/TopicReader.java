package dev.freshcut.cdcconnector;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshcut.sharedevents.change.ChangeHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads whole topics. */
final class TopicReader {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration POLL = Duration.ofMillis(100);

  private final String bootstrapServers;

  TopicReader(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** A record; {@code xid} is -1 without the header. */
  record Read(
      int partition,
      long offset,
      long timestamp,
      @Nullable String key,
      @Nullable String value,
      long xid) {
    JsonNode json() {
      return JSON.readTree(String.valueOf(value));
    }
  }

  /** Everything in the topic now, in order within each partition; empty if there is no topic. */
  List<Read> read(String topic) {
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      if (!consumer.listTopics().containsKey(topic)) {
        return List.of();
      }
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<Read> records = new ArrayList<>();
      readToEnd(consumer, partitions, records);
      return records;
    }
  }

  /**
   * Everything in the topic once a record with this key is in it, in order within each partition;
   * each record is read once, however long that takes.
   *
   * @throws AssertionError if there is none within {@code patience}
   */
  List<Read> readUntil(String topic, String key, Duration patience) {
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<Read> records = new ArrayList<>();
      long start = System.nanoTime();
      boolean found = false;
      while (!found) {
        if (System.nanoTime() - start > patience.toNanos()) {
          throw new AssertionError("no " + key + " in " + topic + " within " + patience);
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          Read read = convert(record);
          records.add(read);
          found |= key.equals(read.key());
        }
      }
      readToEnd(consumer, partitions, records);
      return records;
    }
  }

  /** How many records the topic has; 0 if there is no topic. */
  long count(String topic) {
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      return consumer.listTopics().containsKey(topic)
          ? consumer.endOffsets(partitions(consumer, topic)).values().stream()
              .mapToLong(Long::longValue)
              .sum()
          : 0;
    }
  }

  private static void readToEnd(
      Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions, List<Read> records) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      consumer.poll(POLL).forEach(record -> records.add(convert(record)));
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers, "allow.auto.create.topics", "false"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(p -> new TopicPartition(topic, p.partition()))
        .toList();
  }

  private static Read convert(ConsumerRecord<byte[], byte[]> record) {
    Header xid = record.headers().lastHeader(ChangeHeaders.XID);
    return new Read(
        record.partition(),
        record.offset(),
        record.timestamp(),
        text(record.key()),
        text(record.value()),
        xid == null ? -1 : Long.parseLong(new String(xid.value(), UTF_8)));
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }
}
