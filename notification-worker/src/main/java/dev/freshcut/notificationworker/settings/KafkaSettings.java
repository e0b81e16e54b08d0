package dev.freshcut.notificationworker.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The brokers, the consumers and the dead-letter producer.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param groupId consumer group; all workers share it
 * @param clientId client id, with a suffix for each client
 * @param threads consumers in this process, 1 to 16; more than the topics have partitions are idle
 * @param batchSize most records worked on together, 1 to 2,000
 * @param requestTimeout how long the brokers may take to answer, or to acknowledge a dead letter, 1
 *     s to 2 min
 * @param metadataMaxAge how soon a topic that was missing is noticed, 1 s to 10 min
 * @param downAfter how long nothing may be heard of the brokers, or they be asked for nothing,
 *     before health is DOWN, 10 s to 10 min
 * @param properties further properties of every Kafka client, such as security.protocol
 */
public record KafkaSettings(
    @DefaultValue("localhost:9092") String bootstrapServers,
    @DefaultValue("freshcut-notifications") String groupId,
    @DefaultValue("freshcut-notifications") String clientId,
    @DefaultValue("1") int threads,
    @DefaultValue("500") int batchSize,
    @DefaultValue("15s") Duration requestTimeout,
    @DefaultValue("30s") Duration metadataMaxAge,
    @DefaultValue("1m") Duration downAfter,
    @DefaultValue Map<String, String> properties) {
  private static final String PREFIX = "freshcut.notifications.kafka.";
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
    Check.between(PREFIX + "threads", threads, 1, 16);
    Check.between(PREFIX + "batch-size", batchSize, 1, 2_000);
    Check.between(
        PREFIX + "request-timeout", requestTimeout, Duration.ofSeconds(1), Duration.ofMinutes(2));
    Check.between(
        PREFIX + "metadata-max-age", metadataMaxAge, Duration.ofSeconds(1), Duration.ofMinutes(10));
    Check.between(PREFIX + "down-after", downAfter, Duration.ofSeconds(10), Duration.ofMinutes(10));
    for (String name : properties.keySet()) {
      if (RESERVED.contains(name)) {
        throw Check.refused(
            PREFIX + "properties",
            "has '" + name + "', which the worker sets itself or its guarantees depend on",
            "remove it");
      }
    }
  }

  /** Without the properties, which may hold secrets. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrapServers=%s, groupId=%s]".formatted(bootstrapServers, groupId);
  }
}
