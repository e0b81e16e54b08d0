package dev.freshcut.cdcconnector.kafka;

import dev.freshcut.cdcconnector.settings.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka clients from the settings; the caller closes them. */
public final class KafkaClients {
  private static final int BATCH_BYTES = 256 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024 * 1024;
  private static final int MARGIN_BYTES = 64 * 1024;

  private final KafkaSettings settings;

  /** For these brokers. */
  public KafkaClients(KafkaSettings settings) {
    this.settings = settings;
  }

  /** An idempotent producer whose records are acknowledged by all in-sync replicas. */
  public Producer<byte[], byte[]> producer(String purpose) {
    return producer(producerProperties(purpose));
  }

  static Producer<byte[], byte[]> producer(Map<String, Object> properties) {
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static Consumer<byte[], byte[]> reader(Map<String, Object> properties) {
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  Admin admin() {
    return Admin.create(common("admin"));
  }

  /**
   * Sends one record with a producer of its own and waits for its acknowledgement.
   *
   * @throws ExecutionException if Kafka refuses
   * @throws InterruptedException if interrupted meanwhile
   */
  void sendOne(String purpose, ProducerRecord<byte[], byte[]> record)
      throws ExecutionException, InterruptedException {
    Producer<byte[], byte[]> producer = producer(purpose);
    try {
      var unused = producer.send(record).get();
    } finally {
      // Whoever was interrupted does not wait for the brokers.
      producer.close(Duration.ZERO);
    }
  }

  /** What a topic must take: the largest request, and what compressing it may add. */
  int topicBytes() {
    return requestBytes() + MARGIN_BYTES;
  }

  /** The largest record with its headers and its batch. */
  private int requestBytes() {
    return settings.maxRecordBytes() + MARGIN_BYTES;
  }

  /**
   * Whoever sends flushes, so the linger time only lets batches fill while records are still being
   * added; it does not delay a lone record.
   */
  Map<String, Object> producerProperties(String purpose) {
    int timeout = Math.toIntExact(settings.deliveryTimeout().toMillis());
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, Math.min(50, timeout / 10));
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    // Leaves time within the delivery timeout for a second try.
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(10_000, timeout * 2 / 5));
    properties.putAll(settings.producer());
    properties.putAll(common(purpose));
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, requestBytes());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // Five is the most at which the broker still keeps an idempotent producer's order.
    properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
    return properties;
  }

  /** For a consumer without a group that reads a topic from its beginning. */
  Map<String, Object> readerProperties() {
    Map<String, Object> properties = common("reader");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        Math.toIntExact(settings.deliveryTimeout().toMillis()));
    return properties;
  }

  private Map<String, Object> common(String purpose) {
    Map<String, Object> properties = new HashMap<>(settings.properties());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.clientId() + "-" + purpose);
    return properties;
  }
}
