package dev.freshcut.invalidationworker.consuming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshcut.embeddedstack.TestServers;
import dev.freshcut.invalidationworker.reading.Reading.Poison;
import dev.freshcut.invalidationworker.reading.Reading.Reach;
import dev.freshcut.invalidationworker.settings.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Letters go to a producer that reaches no broker, so that it makes no topic either. */
class DeadLettersIT {
  private static final TestServers SERVERS = TestServers.shared();

  private final String topic = SERVERS.freshName("dead");
  private final KafkaClients clients =
      new KafkaClients(
          new KafkaSettings(
              SERVERS.kafka().bootstrapServers(),
              topic,
              topic,
              1,
              Duration.ofSeconds(30),
              Duration.ofSeconds(5),
              Map.of()));
  private final List<String> told = new ArrayList<>();
  private final Refusing producer = new Refusing();
  private final DeadLetters letters =
      new DeadLetters(
          producer,
          clients::admin,
          topic,
          1_000,
          new WorkerListener() {
            @Override
            public void deadLettered(String kind) {
              told.add(kind);
            }
          });

  /** Refuses values. */
  private static final class Refusing extends MockProducer<byte[], byte[]> {
    private final Set<Byte> refused = new HashSet<>();

    Refusing() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
      return refused.contains(record.value()[0])
          ? CompletableFuture.failedFuture(new NotEnoughReplicasException("one is down"))
          : super.send(record);
    }

    List<Byte> values() {
      return history().stream().map(record -> record.value()[0]).toList();
    }
  }

  private static DeadLetter letter(int number) {
    return new DeadLetter(
        new ConsumerRecord<>("origin", 0, number, null, new byte @Nullable [] {(byte) number}),
        new Poison(
            null,
            "KIND_" + number,
            "for a test",
            null,
            new Reach.Patterns(List.of()),
            OptionalLong.empty()));
  }

  private boolean topicExists() {
    try (Admin admin = clients.admin()) {
      return admin.listTopics().names().get().contains(topic);
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The controller tells the brokers a little later. */
  private void awaitTopic() {
    await().atMost(Duration.ofSeconds(60)).until(this::topicExists);
  }

  private void deleteTopic() {
    try (Admin admin = clients.admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theTopicIsMadeWithTheFirstLetter() {
    letters.send(List.of());
    assertThat(topicExists()).isFalse();
    letters.send(List.of(letter(1)));
    awaitTopic();
    new DeadLetters(producer, clients::admin, topic, 1_000, new WorkerListener() {})
        .send(List.of(letter(2)));
    assertThat(producer.values()).containsExactly((byte) 1, (byte) 2);
  }

  @Test
  void aTopicThatIsDeletedIsMadeAnewAfterTheFailure() {
    letters.send(List.of(letter(1)));
    deleteTopic();
    producer.refused.add((byte) 2);
    assertThatThrownBy(() -> letters.send(List.of(letter(2))))
        .isInstanceOf(DeadLetterException.class);
    producer.refused.clear();
    letters.send(List.of(letter(2)));
    awaitTopic();
  }

  @Test
  void eachLetterIsCountedOnceThoughAnAttemptFailsHalfWay() {
    List<DeadLetter> batch = List.of(letter(1), letter(2), letter(3));
    producer.refused.add((byte) 2);
    assertThatThrownBy(() -> letters.send(batch)).isInstanceOf(DeadLetterException.class);
    assertThat(told).containsExactly("KIND_1");

    producer.refused.clear();
    letters.send(batch);
    assertThat(told).containsExactly("KIND_1", "KIND_2", "KIND_3");

    letters.recorded();
    letters.send(batch);
    assertThat(told).as("read again after a rewind").hasSize(6);
  }
}
