package dev.freshcut.notificationworker;

import static dev.freshcut.notificationworker.WorkerFixture.SERVERS;
import static dev.freshcut.notificationworker.WorkerFixture.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.TestDatabase.Captured;
import dev.freshcut.sharedevents.change.DeadLetterHeaders;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records that nobody can work on stop nothing, and are not lost. */
@ExtendWith(SharedWorker.class)
class BadInputIT {
  private final WorkerFixture fixture;
  private final TestDatabase database;
  private final Shop shop;

  BadInputIT(WorkerFixture fixture) {
    this.fixture = fixture;
    this.database = fixture.database;
    this.shop = new Shop(fixture, ZoneId.of("UTC"));
  }

  @Test
  void goToTheDeadLetterTopicWithTheirReason() {
    long id = shop.booked(shop.inDays(3));
    Captured good = database.last();
    String table = "public.appointments";
    fixture.send(table, id, "no json", 1L);
    fixture.send(table, id, good.json(), null);
    fixture.send(table, id, good.json().replace("\"status\"", "\"other\""), good.xid());
    fixture.send("control", 0, "{\"type\":\"gap\"}", null);
    fixture.send(table, id, null, null);
    fixture.stream();
    eventually()
        .untilAsserted(
            () -> assertThat(fixture.email.ids()).containsExactly("confirmed:" + id + ":1:email"));
    eventually().until(() -> letters().size() == 4);
    List<ConsumerRecord<byte[], byte[]>> letters = letters();
    assertThat(letters)
        .extracting(letter -> header(letter, DeadLetterHeaders.KIND))
        .containsExactlyInAnyOrder("NOT_JSON", "BAD_XID", "UNREADABLE", "BAD_CONTROL");
    assertThat(letters)
        .allSatisfy(
            letter -> {
              assertThat(header(letter, DeadLetterHeaders.TOPIC)).startsWith(fixture.name);
              assertThat(header(letter, DeadLetterHeaders.OFFSET)).matches("\\d+");
              assertThat(header(letter, DeadLetterHeaders.REASON)).isNotBlank();
              assertThat(letter.value()).isNotEmpty();
            });
  }

  /** The database knows names that this runtime does not: everybody is told all the same. */
  @Test
  void aZoneThatIsUnknownHereStopsNothing() {
    database.insert(
        "notification_preferences",
        "customer_id",
        "(customer_id, location_id, time_zone) VALUES (?, ?, 'Factory')",
        shop.customer,
        shop.id);
    long id = shop.booked(shop.inDays(3));
    fixture.stream();
    eventually()
        .untilAsserted(
            () -> assertThat(fixture.email.ids()).containsExactly("confirmed:" + id + ":1:email"));
    assertThat(fixture.email.sent().getFirst().recipient().zone()).isEqualTo(ZoneId.of("UTC"));
    eventually().until(() -> fixture.scheduled("email").size() == 2);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private List<ConsumerRecord<byte[], byte[]>> letters() {
    String topic = fixture.name + ".notifications-dead-letter";
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", SERVERS.kafka().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
      return found;
    }
  }
}
