package dev.freshcut.cdcconnector.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.cdcconnector.kafka.KafkaClients;
import dev.freshcut.cdcconnector.kafka.RecordSender;
import dev.freshcut.cdcconnector.postgres.XidWidener;
import dev.freshcut.cdcconnector.settings.KafkaSettings;
import dev.freshcut.embeddedstack.TestServers;
import io.debezium.engine.DebeziumEngine.Offsets;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When the engine may move its position, with hand-made records and a real broker. */
class BatchHandlerIT {
  private static final String BROKERS = TestServers.shared().kafka().bootstrapServers();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T10:00:00Z"), ZoneOffset.UTC);

  private final String topic = TestServers.shared().freshName("batch");
  private final RecordSender sender =
      new RecordSender(
          new KafkaClients(
                  new KafkaSettings(
                      BROKERS, "test", Duration.ofSeconds(60), 1 << 20, Map.of(), Map.of()))
              .producer("test"));
  private final Progress progress = new Progress(CLOCK);
  private final Committer committer = new Committer();
  private boolean slotMoved;
  private final BatchHandler handler =
      new BatchHandler(
          Set.of(topic),
          topic + "-beats",
          1 << 20,
          sender,
          new XidWidener((1L << 32) - 2),
          progress,
          () -> {
            if (slotMoved) {
              throw new IllegalStateException("moved");
            }
          });

  /** Remembers the positions that the engine was given. */
  private static final class Committer implements RecordCommitter<RecordChangeEvent<SourceRecord>> {
    final List<Object> marked = new ArrayList<>();
    int finished;

    @Override
    public void markProcessed(RecordChangeEvent<SourceRecord> event) {
      marked.add(event.record().sourceOffset().get("lsn"));
    }

    @Override
    public void markBatchFinished() {
      finished++;
    }

    @Override
    public void markProcessed(RecordChangeEvent<SourceRecord> event, Offsets offsets) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Offsets buildOffsets() {
      throw new UnsupportedOperationException();
    }
  }

  @AfterEach
  void close() {
    sender.close();
  }

  @Test
  void thePositionMovesOnceAllIsAcknowledged() throws Exception {
    handler.handleBatch(
        List.of(change(1, 4_294_967_295L, "a"), change(2, 3, "b"), change(3, 3, "c")), committer);

    assertThat(committer.marked).containsExactly(3L);
    assertThat(committer.finished).isOne();
    assertThat(progress.records()).isEqualTo(3);
    assertThat(progress.committedAt()).isEqualTo(1_700_000_000_000L);
    assertThat(sent()).containsExactly("4294967295 \"a\"", "4294967299 \"b\"", "4294967299 \"c\"");
  }

  @Test
  void thePositionStaysWhenTheBrokerRefusesARecord() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKERS))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic, 1, (short) 1).configs(Map.of("max.message.bytes", "1000"))))
          .all()
          .get();
    }
    assertThatThrownBy(
            () ->
                handler.handleBatch(
                    List.of(change(1, 3, "a"), change(2, 3, random(5_000)), change(3, 3, "c")),
                    committer))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("did not acknowledge");

    assertThat(committer.marked).isEmpty();
    assertThat(committer.finished).isZero();
    // It stays failed: later records must not pass the one that was not sent.
    assertThatThrownBy(() -> handler.handleBatch(List.of(change(4, 3, "d")), committer))
        .isInstanceOf(KafkaException.class);
    assertThat(committer.marked).isEmpty();
    assertThat(sent()).noneMatch(value -> value.contains("d"));
  }

  /** Otherwise nobody would see that the heartbeat row is not written any more. */
  @Test
  void onlyRecordsCountAsLife() throws Exception {
    handler.handleBatch(List.of(engineHeartbeat(Map.of("lsn", 7L, "lsn_commit", 7L))), committer);
    assertThat(committer.marked).containsExactly(7L);
    assertThat(progress.acknowledgedAt()).isZero();

    handler.handleBatch(List.of(change(8, 3, "a")), committer);
    assertThat(progress.acknowledgedAt()).isEqualTo(CLOCK.millis());
  }

  /** Resuming at such a "position" would skip what the slot still holds. */
  @Test
  void aHeartbeatOfTheEngineBeforeTheFirstMessageIsNoPosition() throws Exception {
    handler.handleBatch(List.of(engineHeartbeat(Map.of("lsn", 900L))), committer);
    assertThat(committer.marked).isEmpty();
    assertThat(committer.finished).isOne();

    handler.handleBatch(
        List.of(change(5, 3, "a"), engineHeartbeat(Map.of("lsn", 900L))), committer);
    assertThat(committer.marked).containsExactly(5L);

    handler.handleBatch(
        List.of(change(6, 3, "b"), engineHeartbeat(Map.of("lsn", 7L, "lsn_commit", 7L))),
        committer);
    assertThat(committer.marked).containsExactly(5L, 7L);
    assertThat(sent()).hasSize(2);
  }

  @Test
  void nothingIsSentFromASlotThatMoved() throws Exception {
    slotMoved = true;
    assertThatThrownBy(() -> handler.handleBatch(List.of(change(1, 3, "a")), committer))
        .hasMessage("moved");
    assertThat(committer.marked).isEmpty();

    slotMoved = false;
    handler.handleBatch(List.of(change(2, 3, "b")), committer);
    slotMoved = true;
    handler.handleBatch(List.of(change(3, 3, "c")), committer);
    // The reference is just below 2^32, so that 3 belongs to the next epoch.
    assertThat(sent()).containsExactly("4294967299 \"b\"", "4294967299 \"c\"");
  }

  /** Text that compression does not shrink below a topic's limit. */
  private static String random(int length) {
    return new Random(7)
        .ints(length, 'e', 'z')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private RecordChangeEvent<SourceRecord> change(long lsn, long txId, String value) {
    Map<String, Object> offset = new HashMap<>();
    offset.put("lsn", lsn);
    offset.put("lsn_proc", lsn);
    offset.put("txId", txId);
    offset.put("ts_usec", 1_700_000_000_000_000L);
    SourceRecord record =
        new SourceRecord(
            Map.of(), offset, topic, Schema.STRING_SCHEMA, "key", Schema.STRING_SCHEMA, value);
    return () -> record;
  }

  private static RecordChangeEvent<SourceRecord> engineHeartbeat(Map<String, Object> offset) {
    SourceRecord record =
        new SourceRecord(Map.of(), offset, "__debezium-heartbeat.x", Schema.STRING_SCHEMA, "{}");
    return () -> record;
  }

  /** Header and value of every record in the topic. */
  private List<String> sent() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", BROKERS),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
      List<String> values = new ArrayList<>();
      while (values.size() < end) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                r ->
                    values.add(
                        new String(r.headers().lastHeader("freshcut.xid").value(), UTF_8)
                            + " "
                            + new String(r.value(), UTF_8)));
      }
      return values;
    }
  }
}
