package dev.freshcut.cdcconnector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.cdcconnector.kafka.KafkaClients;
import dev.freshcut.cdcconnector.kafka.Topics;
import dev.freshcut.cdcconnector.postgres.Problem;
import dev.freshcut.cdcconnector.settings.ConnectorSettings;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Topics that somebody else has made may lose records; then the connector says so. */
class TopicsIT {
  private final ConnectorFixture fixture = new ConnectorFixture();
  private final ConnectorSettings settings = fixture.boundSettings();
  private final Topics topics = new Topics(settings, new KafkaClients(settings.kafka()));

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatItCreatesIsAsItWants() throws Exception {
    assertThat(topics.prepare()).isEmpty();
    assertThat(topics.prepare()).isEmpty();
  }

  @Test
  void everyTopicThatLosesRecordsHasItsMessage() throws Exception {
    fixture.createTopic(fixture.topic("items"), 1, Map.of("cleanup.policy", "compact,delete"));
    fixture.createTopic(fixture.topic("cdc_heartbeat"), 1, Map.of("cleanup.policy", "compact"));
    fixture.createTopic(fixture.prefix + ".control", 1, Map.of("cleanup.policy", "compact"));
    fixture.createTopic(fixture.prefix + ".connector-offsets", 1, Map.of());

    String compacted = "is compacted, so that records would be lost before they are read";
    assertThat(topics.prepare())
        .containsExactlyInAnyOrder(
            problem(fixture.topic("items"), compacted, "cleanup.policy=delete"),
            problem(fixture.topic("cdc_heartbeat"), compacted, "cleanup.policy=delete"),
            problem(fixture.prefix + ".control", compacted, "cleanup.policy=delete"),
            problem(
                fixture.prefix + ".connector-offsets",
                "deletes old records, so that the position would be lost",
                "cleanup.policy=compact"));
  }

  @Test
  void aTopicThatRefusesLargeRecordsHasItsMessage() throws Exception {
    fixture.createTopic(fixture.topic("items"), 1, Map.of("max.message.bytes", "8388608"));

    assertThat(topics.prepare())
        .containsExactly(
            problem(
                fixture.topic("items"),
                "refuses records that freshcut.connector.kafka.max-record-bytes allows, at which"
                    + " the stream would stop",
                "max.message.bytes=8519680"));

    fixture.configureTopic(fixture.topic("items"), "max.message.bytes", "8519680");
    assertThat(topics.prepare()).isEmpty();
  }

  private static Problem problem(String topic, String reason, String config) {
    return new Problem(
        "topic " + topic,
        reason,
        "kafka-configs --alter --entity-type topics --entity-name %s --add-config %s"
            .formatted(topic, config));
  }
}
