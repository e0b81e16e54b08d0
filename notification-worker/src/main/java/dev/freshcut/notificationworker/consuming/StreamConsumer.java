package dev.freshcut.notificationworker.consuming;

import dev.freshcut.notificationworker.settings.KafkaSettings;
import dev.freshcut.notificationworker.settings.NotificationSettings.RetrySettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** Makes Kafka clients and the consumer. */
final class StreamConsumer {
  /** How long the group waits for a dead worker; brokers allow no less than 6 s by default. */
  private static final int SESSION_TIMEOUT_MILLIS = 10_000;

  /** A dead letter may be a little larger than the largest record. */
  private static final int MAX_REQUEST_BYTES = 128 << 20;

  private StreamConsumer() {}

  /**
   * A consumer that begins with the oldest record where it has no position, gives a batch that
   * failed to its listener again and again, and commits after the batch.
   */
  static ConcurrentMessageListenerContainer<byte[], byte[]> of(
      KafkaSettings settings,
      RetrySettings retry,
      Collection<String> topics,
      Batch batch,
      Leaving leaving) {
    ContainerProperties properties = new ContainerProperties(topics.toArray(String[]::new));
    properties.setMessageListener(batch);
    properties.setConsumerRebalanceListener(leaving);
    properties.setAckMode(AckMode.BATCH);
    properties.setSyncCommits(true);
    properties.setMissingTopicsFatal(false);
    properties.setShutdownTimeout(Duration.ofSeconds(10).toMillis());
    // As a broker that refuses for now is not to end the consumer for good.
    properties.setAuthExceptionRetryInterval(Duration.ofSeconds(10));
    ConcurrentMessageListenerContainer<byte[], byte[]> container =
        new ConcurrentMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<>(
                consumer(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
            properties);
    container.setConcurrency(settings.threads());
    container.setCommonErrorHandler(forever(retry));
    container.setBeanName(settings.clientId());
    return container;
  }

  /** No kind of failure is a reason to skip anything. */
  private static DefaultErrorHandler forever(RetrySettings retry) {
    ExponentialBackOff pauses = new ExponentialBackOff(retry.initial().toMillis(), 2);
    pauses.setMaxInterval(retry.max().toMillis());
    DefaultErrorHandler handler = new DefaultErrorHandler(pauses);
    handler.setClassifications(Map.of(), true);
    // Told by Consumption in one line.
    handler.setLogLevel(KafkaException.Level.DEBUG);
    return handler;
  }

  private static Map<String, Object> consumer(KafkaSettings settings) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
    config.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    config.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    config.putAll(common(settings));
    config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.groupId());
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, settings.clientId());
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.batchSize());
    config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, (int) settings.metadataMaxAge().toMillis());
    return config;
  }

  /** For dead letters. */
  static DefaultKafkaProducerFactory<byte[], byte[]> producers(KafkaSettings settings) {
    Map<String, Object> config = common(settings);
    int timeout = (int) settings.requestTimeout().toMillis();
    config.put(ProducerConfig.CLIENT_ID_CONFIG, settings.clientId() + "-dead-letters");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout / 2);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
    return new DefaultKafkaProducerFactory<>(
        config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Makes the dead-letter topic. */
  static KafkaAdmin admin(KafkaSettings settings) {
    Map<String, Object> config = common(settings);
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, settings.clientId() + "-admin");
    KafkaAdmin admin = new KafkaAdmin(config);
    admin.setAutoCreate(false);
    admin.setOperationTimeout((int) settings.requestTimeout().toSeconds());
    return admin;
  }

  private static Map<String, Object> common(KafkaSettings settings) {
    Map<String, Object> config = new HashMap<>(settings.properties());
    int timeout = (int) settings.requestTimeout().toMillis();
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, timeout);
    config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
    return config;
  }
}
