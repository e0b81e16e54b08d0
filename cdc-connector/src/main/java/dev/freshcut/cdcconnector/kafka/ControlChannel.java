package dev.freshcut.cdcconnector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshcut.sharedevents.control.Gap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes messages about the stream itself. */
public final class ControlChannel {
  private final KafkaClients clients;
  private final String topic;

  /** For this topic. */
  public ControlChannel(KafkaClients clients, String topic) {
    this.clients = clients;
    this.topic = topic;
  }

  /**
   * Publishes a gap and returns once it is acknowledged.
   *
   * @throws ExecutionException if Kafka refuses
   * @throws InterruptedException if interrupted meanwhile
   */
  public void announce(Gap gap) throws ExecutionException, InterruptedException {
    clients.sendOne("control", new ProducerRecord<>(topic, Gap.KEY.getBytes(UTF_8), gap.toJson()));
  }
}
