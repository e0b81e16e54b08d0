package dev.freshcut.cdcconnector.kafka;

import dev.freshcut.cdcconnector.settings.KafkaSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes Kafka clients from the settings; the caller closes them. */
public final class KafkaClients {
  private static final int BATCH_BYTES = 256 * 1024;
  private static final int BUFFER_BYTES = 64 * 1024 * 1024;

  private final KafkaSettings settings;

  /** For these brokers. */
  public KafkaClients(KafkaSettings settings) {
    this.settings = settings;
  }

  /** The properties that every client has, by Kafka's names. */
  public Map<String, String> commonProperties() {
    Map<String, String> properties = new HashMap<>(settings.properties());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return properties;
  }

  /**
   * An idempotent producer whose records are acknowledged by all in-sync replicas.
   *
   * <p>The sender flushes after every batch, so the linger time only lets batches fill while the
   * sender is busy adding to them; it does not delay a lone record.
   */
  public Producer<byte[], byte[]> producer() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 50);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, requestTimeout());
    properties.putAll(settings.producer());
    properties.putAll(common("producer"));
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // Five is the most at which the broker still keeps an idempotent producer's order.
    properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
    int timeout = Math.toIntExact(settings.deliveryTimeout().toMillis());
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A consumer without a group, for reading a topic from its beginning. */
  Consumer<byte[], byte[]> reader() {
    Map<String, Object> properties = common("reader");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        Math.toIntExact(settings.deliveryTimeout().toMillis()));
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  Admin admin() {
    return Admin.create(common("admin"));
  }

  private Map<String, Object> common(String suffix) {
    Map<String, Object> properties = new HashMap<>(commonProperties());
    properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.clientId() + "-" + suffix);
    return properties;
  }

  /** Leaves time within the delivery timeout for one more try. */
  private int requestTimeout() {
    return Math.toIntExact(Math.min(10_000, settings.deliveryTimeout().toMillis() / 2 - 100));
  }
}
