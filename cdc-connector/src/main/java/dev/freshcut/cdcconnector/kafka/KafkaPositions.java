package dev.freshcut.cdcconnector.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.OffsetBackingStore;
import org.apache.kafka.connect.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the engine's position in the offsets topic, in Kafka Connect's form. The engine makes it by
 * its class name and configures it by properties; see {@link #properties}.
 *
 * <p>Connect's own {@code KafkaOffsetBackingStore} would do the same, with two differences that
 * matter here. During an outage of Kafka its {@code stop} waits until Kafka is back, and an old
 * position that it still holds may then overwrite a newer one; this one drops on {@code stop} what
 * is not acknowledged, and waits for nothing. And it asks Kafka again on every read, of which the
 * engine makes one for each write, on the thread that sends changes; this one answers from what was
 * acknowledged, as the only writer.
 */
public final class KafkaPositions implements OffsetBackingStore {
  private static final String TOPIC = "offset.storage.topic";
  private static final String PRODUCER = "offset.storage.producer.";
  private static final String CONSUMER = "offset.storage.consumer.";

  private final Map<ByteBuffer, ByteBuffer> acknowledged = new ConcurrentHashMap<>();
  private String topic = "";
  private Map<String, Object> producerProperties = Map.of();
  private Map<String, Object> consumerProperties = Map.of();
  private @Nullable Producer<byte[], byte[]> producer;

  /** The engine's properties that make it use this store. */
  public static Map<String, String> properties(String topic, KafkaClients clients) {
    Map<String, String> properties = new HashMap<>();
    properties.put("offset.storage", KafkaPositions.class.getName());
    properties.put(TOPIC, topic);
    clients
        .producerProperties("offsets")
        .forEach((name, value) -> properties.put(PRODUCER + name, String.valueOf(value)));
    // Nobody flushes: who asks for an acknowledgement waits no longer than they want to.
    properties.put(PRODUCER + ProducerConfig.LINGER_MS_CONFIG, "0");
    clients
        .readerProperties()
        .forEach((name, value) -> properties.put(CONSUMER + name, String.valueOf(value)));
    return properties;
  }

  @Override
  public void configure(WorkerConfig config) {
    topic = String.valueOf(config.originals().get(TOPIC));
    producerProperties = config.originalsWithPrefix(PRODUCER);
    consumerProperties = config.originalsWithPrefix(CONSUMER);
  }

  @Override
  public void start() {
    producer = KafkaClients.producer(producerProperties);
    acknowledged.putAll(OffsetsTopic.read(consumerProperties, topic));
  }

  @Override
  public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
    Map<ByteBuffer, ByteBuffer> found = new HashMap<>();
    for (ByteBuffer key : keys) {
      found.put(key, acknowledged.get(key));
    }
    return CompletableFuture.completedFuture(found);
  }

  // INVARIANT: a position can be read only once Kafka has acknowledged it, because the engine
  // confirms to the slot what it reads here, and the slot must never be ahead of the topic.
  @Override
  public Future<Void> set(Map<ByteBuffer, ByteBuffer> values, Callback<Void> callback) {
    CompletableFuture<?>[] writes =
        values.entrySet().stream()
            .map(entry -> write(entry.getKey(), entry.getValue()))
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(writes)
        .whenComplete((done, e) -> callback.onCompletion(e, null));
  }

  private CompletableFuture<Void> write(ByteBuffer key, ByteBuffer value) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    if (producer == null) {
      throw new IllegalStateException("not started");
    }
    var unused =
        producer.send(
            new ProducerRecord<>(topic, OffsetsTopic.bytes(key), OffsetsTopic.bytes(value)),
            (metadata, e) -> {
              if (e == null) {
                acknowledged.put(key, value);
                written.complete(null);
              } else {
                written.completeExceptionally(e);
              }
            });
    return written;
  }

  @Override
  public Set<Map<String, Object>> connectorPartitions(String connectorName) {
    return Set.of();
  }

  @Override
  public void stop() {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
  }
}
