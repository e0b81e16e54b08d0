package dev.freshcut.cdcconnector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.cdcconnector.settings.KafkaSettings;
import dev.freshcut.embeddedstack.TestServers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.runtime.standalone.StandaloneConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaPositionsIT {
  private static final String BROKERS = TestServers.shared().kafka().bootstrapServers();
  private static final ByteBuffer KEY = buffer("key");

  private final String topic = TestServers.shared().freshName("positions");
  private final KafkaClients clients =
      new KafkaClients(
          new KafkaSettings(
              BROKERS,
              "test",
              Duration.ofSeconds(20),
              1 << 20,
              Map.of(),
              Map.of("compression.type", "none")));
  private final KafkaPositions positions = new KafkaPositions();

  @BeforeEach
  void createTopic() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKERS))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic, 1, (short) 1)
                      .configs(Map.of("cleanup.policy", "compact", "max.message.bytes", "1000"))))
          .all()
          .get();
    }
    Map<String, String> properties =
        new HashMap<>(
            Map.of(
                "bootstrap.servers", BROKERS,
                "key.converter", "org.apache.kafka.connect.json.JsonConverter",
                "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                "offset.storage.file.filename", "none"));
    properties.putAll(KafkaPositions.properties(topic, clients));
    WorkerConfig config = new StandaloneConfig(properties);
    positions.configure(config);
  }

  @AfterEach
  void stop() {
    positions.stop();
  }

  /** The engine confirms to the slot what it reads here. */
  @Test
  void aPositionCanBeReadOnceItIsAcknowledged() throws Exception {
    positions.start();
    set("1").get(60, TimeUnit.SECONDS);
    assertThat(read()).isEqualTo("1");

    Future<Void> refused = set("2".repeat(5_000));
    assertThatThrownBy(() -> refused.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class);
    assertThat(read()).isEqualTo("1");

    set("3").get(60, TimeUnit.SECONDS);
    assertThat(read()).isEqualTo("3");
  }

  @Test
  void theNewestPositionOfEachKeyIsReadAtTheStart() throws Exception {
    positions.start();
    assertThat(read()).isNull();
    set("1").get(60, TimeUnit.SECONDS);
    set("2").get(60, TimeUnit.SECONDS);
    positions.stop();

    positions.start();
    assertThat(read()).isEqualTo("2");
    positions.stop();

    clients.sendOne("test", new ProducerRecord<>(topic, OffsetsTopic.bytes(KEY), null));
    positions.start();
    assertThat(OffsetsTopic.read(clients.readerProperties(), topic)).isEmpty();
  }

  private Future<Void> set(String value) {
    return positions.set(Map.of(KEY, buffer(value)), (error, result) -> {});
  }

  private @Nullable String read() throws Exception {
    ByteBuffer value = positions.get(List.of(KEY)).get(60, TimeUnit.SECONDS).get(KEY);
    return value == null ? null : UTF_8.decode(value.duplicate()).toString();
  }

  private static ByteBuffer buffer(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
