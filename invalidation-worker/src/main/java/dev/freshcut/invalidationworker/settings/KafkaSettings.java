package dev.freshcut.invalidationworker.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The brokers, the consumers and the dead-letter producer.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param groupId consumer group; all workers of one Redis share it
 * @param clientId client id, with a suffix for each client
 * @param batchSize most records worked on together, 1 to 100,000
 * @param requestTimeout how long the brokers may take to answer, or to acknowledge a dead letter, 1
 *     s to 2 min
 * @param metadataMaxAge how soon a new table's topic is noticed, 1 s to 10 min; the watermark
 *     stands still for as long
 * @param properties further properties of every Kafka client, such as security.protocol
 */
public record KafkaSettings(
    @DefaultValue("localhost:9092") String bootstrapServers,
    @DefaultValue("freshcut-invalidation") String groupId,
    @DefaultValue("freshcut-worker") String clientId,
    @DefaultValue("4000") int batchSize,
    @DefaultValue("15s") Duration requestTimeout,
    @DefaultValue("5s") Duration metadataMaxAge,
    @DefaultValue Map<String, String> properties) {
  private static final String PREFIX = "freshcut.worker.kafka.";
  private static final Set<String> RESERVED =
      Set.of(
          "acks",
          "allow.auto.create.topics",
          "auto.offset.reset",
          "bootstrap.servers",
          "client.id",
          "default.api.timeout.ms",
          "delivery.timeout.ms",
          "enable.auto.commit",
          "enable.idempotence",
          "group.id",
          "group.instance.id",
          "group.protocol",
          "isolation.level",
          "key.deserializer",
          "key.serializer",
          "max.poll.records",
          "metadata.max.age.ms",
          "request.timeout.ms",
          "value.deserializer",
          "value.serializer");

  /**
   * Checks bounds and refuses properties that would break a guarantee.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public KafkaSettings {
    properties = Map.copyOf(properties);
    Check.notBlank(PREFIX + "bootstrap-servers", bootstrapServers, "set it to host:port");
    Check.notBlank(PREFIX + "group-id", groupId, "set it to a name for the consumer group");
    Check.notBlank(PREFIX + "client-id", clientId, "set it to a name for the clients");
    Check.between(PREFIX + "batch-size", batchSize, 1, 100_000);
    Check.between(
        PREFIX + "request-timeout", requestTimeout, Duration.ofSeconds(1), Duration.ofMinutes(2));
    Check.between(
        PREFIX + "metadata-max-age", metadataMaxAge, Duration.ofSeconds(1), Duration.ofMinutes(10));
    Check.noneOf(PREFIX + "properties", properties, RESERVED);
  }

  /** Without the properties, which may hold secrets. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrapServers=%s, groupId=%s]".formatted(bootstrapServers, groupId);
  }
}
