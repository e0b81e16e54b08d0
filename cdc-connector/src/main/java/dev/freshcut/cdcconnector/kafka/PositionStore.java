package dev.freshcut.cdcconnector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshcut.cdcconnector.settings.ConnectorSettings;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and forgets the position that Debezium's engine keeps in the offsets topic, in Kafka
 * Connect's form: key {@code ["<engine>",{"server":"<prefix>"}]}, value a JSON object.
 */
public final class PositionStore {
  private static final Logger log = LoggerFactory.getLogger(PositionStore.class);
  private static final JsonFactory JSON = new JsonFactory();

  private final KafkaClients clients;
  private final String topic;
  private final byte[] key;

  /** For the engine of these settings. */
  public PositionStore(ConnectorSettings settings, KafkaClients clients) {
    this.clients = clients;
    this.topic = settings.topics().offsetsTopic();
    this.key =
        "[\"%s\",{\"server\":\"%s\"}]"
            .formatted(engineName(settings), settings.topics().prefix())
            .getBytes(UTF_8);
  }

  /** A position belongs to a slot, so the engine is named after it. */
  public static String engineName(ConnectorSettings settings) {
    return settings.database().slot();
  }

  /**
   * The stored position; empty if there is none, or if it cannot be understood.
   *
   * @throws org.apache.kafka.common.KafkaException if the topic cannot be read in time
   */
  public Optional<StoredPosition> read() {
    return Optional.ofNullable(
            OffsetsTopic.read(clients.readerProperties(), topic).get(ByteBuffer.wrap(key)))
        .map(value -> parse(OffsetsTopic.bytes(value)));
  }

  /**
   * Forgets the stored position, acknowledged, so that the engine starts where the slot stands.
   *
   * @throws ExecutionException if Kafka refuses
   * @throws InterruptedException if interrupted meanwhile
   */
  public void forget() throws ExecutionException, InterruptedException {
    clients.sendOne("positions", new ProducerRecord<>(topic, key, null));
  }

  private static @Nullable StoredPosition parse(byte[] value) {
    Map<String, Long> numbers = new TreeMap<>();
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), value)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = json.currentName();
          if (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
            numbers.put(name, json.getLongValue());
          } else {
            json.skipChildren();
          }
        }
      }
    } catch (JacksonException e) {
      log.warn("The stored position is not JSON; it counts as none: {}", e.getOriginalMessage());
      return null;
    }
    Long processed = numbers.get("lsn_proc");
    Long committed = numbers.getOrDefault("lsn_commit", processed);
    if (committed == null) {
      log.warn("The stored position has no LSN to resume from; it counts as none");
      return null;
    }
    return new StoredPosition(
        committed, processed == null ? committed : Math.max(committed, processed));
  }
}
