package dev.freshcut.cdcconnector.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The brokers and the producer, which is always idempotent with {@code acks=all}.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param clientId client id, with a suffix for each kind of client
 * @param deliveryTimeout how long a record may take until brokers have acknowledged it, 2 s to 10
 *     min; then the batch fails and is sent again from the last stored offset
 * @param maxRecordBytes most bytes of a change with its key, 1 to 32 MiB; a larger one is sent
 *     without its rows
 * @param properties further properties of every Kafka client, such as security.protocol
 * @param producer further properties of the producer, such as linger.ms or compression.type (lz4)
 */
public record KafkaSettings(
    @DefaultValue("localhost:9092") String bootstrapServers,
    @DefaultValue("freshcut-connector") String clientId,
    @DefaultValue("30s") Duration deliveryTimeout,
    @DefaultValue("8388608") int maxRecordBytes,
    @DefaultValue Map<String, String> properties,
    @DefaultValue Map<String, String> producer) {
  private static final Set<String> REFUSED =
      Set.of(
          "acks",
          "bootstrap.servers",
          "client.id",
          "delivery.timeout.ms",
          "enable.idempotence",
          "interceptor.classes",
          "key.deserializer",
          "key.serializer",
          "max.in.flight.requests.per.connection",
          "max.request.size",
          "partitioner.",
          "retries",
          "transactional.id",
          "value.deserializer",
          "value.serializer");

  /**
   * Checks bounds and refuses properties that would break a guarantee.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public KafkaSettings {
    properties = Map.copyOf(properties);
    producer = Map.copyOf(producer);
    if (bootstrapServers.isBlank()) {
      throw Check.refused("kafka.bootstrap-servers", "is empty", "set it to host:port");
    }
    if (clientId.isBlank()) {
      throw Check.refused("kafka.client-id", "is empty", "set it to a name for the client");
    }
    Check.between(
        "kafka.delivery-timeout", deliveryTimeout, Duration.ofSeconds(2), Duration.ofMinutes(10));
    Check.between("kafka.max-record-bytes", maxRecordBytes, 1 << 20, 32 << 20);
    Check.noneOf("kafka.properties", properties, REFUSED);
    Check.noneOf("kafka.producer", producer, REFUSED);
  }

  /** Without the properties, which may hold secrets. */
  @Override
  public String toString() {
    return "KafkaSettings[bootstrapServers=" + bootstrapServers + ", clientId=" + clientId + "]";
  }
}
