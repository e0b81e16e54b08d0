package dev.freshcut.notificationworker.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.notificationworker.settings.NotificationSettings.RecordSettings;
import dev.freshcut.notificationworker.settings.NotificationSettings.RetrySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class NotificationSettingsTest {
  private static final String PREFIX = "freshcut.notifications";

  /** Fails if a key means nothing. */
  private static NotificationSettings bind(Map<String, String> given) {
    return new Binder(new MapConfigurationPropertySource(given))
        .bind(
            PREFIX,
            Bindable.of(NotificationSettings.class),
            new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> true))
        .get();
  }

  private static void accept(String key, String value) {
    assertThat(bind(Map.of(PREFIX + "." + key, value))).isNotNull();
  }

  @Test
  void everyDefault() {
    NotificationSettings bound =
        new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate(PREFIX, NotificationSettings.class);
    assertThat(bound)
        .isEqualTo(
            new NotificationSettings(
                Duration.ofHours(24),
                Duration.ofDays(14),
                Duration.ofDays(180),
                Duration.ofSeconds(30),
                new KafkaSettings(
                    "localhost:9092",
                    "freshcut-notifications",
                    "freshcut-notifications",
                    1,
                    500,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Map.of()),
                new TopicSettings("freshcut", null, null),
                new RecordSettings(8 << 20, 64),
                new RetrySettings(Duration.ofMillis(100), Duration.ofSeconds(5))));
    assertThat(bound.topics().controlTopic()).isEqualTo("freshcut.control");
    assertThat(bound.topics().deadLetterTopic()).isEqualTo("freshcut.notifications-dead-letter");
  }

  @Test
  void everyKeyIsMapped() {
    assertThat(
            bind(
                Map.ofEntries(
                    Map.entry(PREFIX + ".stale-after", "2h"),
                    Map.entry(PREFIX + ".remember", "3h"),
                    Map.entry(PREFIX + ".ledger-retention", "90d"),
                    Map.entry(PREFIX + ".visibility-timeout", "4s"),
                    Map.entry(PREFIX + ".kafka.bootstrap-servers", "k:1,l:2"),
                    Map.entry(PREFIX + ".kafka.group-id", "g"),
                    Map.entry(PREFIX + ".kafka.client-id", "c"),
                    Map.entry(PREFIX + ".kafka.threads", "2"),
                    Map.entry(PREFIX + ".kafka.batch-size", "9"),
                    Map.entry(PREFIX + ".kafka.request-timeout", "3s"),
                    Map.entry(PREFIX + ".kafka.metadata-max-age", "4s"),
                    Map.entry(PREFIX + ".kafka.down-after", "11s"),
                    Map.entry(PREFIX + ".kafka.properties[security.protocol]", "SSL"),
                    Map.entry(PREFIX + ".topics.prefix", "p"),
                    Map.entry(PREFIX + ".topics.control", "ctl"),
                    Map.entry(PREFIX + ".topics.dead-letter", "dlt"),
                    Map.entry(PREFIX + ".record.max-bytes", "2000"),
                    Map.entry(PREFIX + ".record.max-depth", "7"),
                    Map.entry(PREFIX + ".retry.initial", "20ms"),
                    Map.entry(PREFIX + ".retry.max", "30ms"))))
        .isEqualTo(
            new NotificationSettings(
                Duration.ofHours(2),
                Duration.ofHours(3),
                Duration.ofDays(90),
                Duration.ofSeconds(4),
                new KafkaSettings(
                    "k:1,l:2",
                    "g",
                    "c",
                    2,
                    9,
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(11),
                    Map.of("security.protocol", "SSL")),
                new TopicSettings("p", "ctl", "dlt"),
                new RecordSettings(2_000, 7),
                new RetrySettings(Duration.ofMillis(20), Duration.ofMillis(30))));
  }

  @ParameterizedTest
  @CsvSource({
    "stale-after, 1m, 30d, 59s, 721h",
    "remember, 1h, 60d, 59m, 1441h",
    "ledger-retention, 60d, 3650d, 1439h, 87601h",
    "visibility-timeout, 1s, 5m, 999ms, 301s",
    "kafka.threads, 1, 16, 0, 17",
    "kafka.batch-size, 1, 2000, 0, 2001",
    "kafka.request-timeout, 1s, 2m, 999ms, 121s",
    "kafka.metadata-max-age, 1s, 10m, 999ms, 601s",
    "kafka.down-after, 10s, 10m, 9s, 601s",
    "record.max-bytes, 1024, 67108864, 1023, 67108865",
    "record.max-depth, 3, 1000, 2, 1001",
    "retry.initial, 10ms, 5s, 9ms, 61s",
    "retry.max, 100ms, 1m, 99ms, 61s",
  })
  void everyBound(String key, String least, String most, String below, String above) {
    assertThatCode(() -> accept(key, least)).doesNotThrowAnyException();
    assertThatCode(() -> accept(key, most)).doesNotThrowAnyException();
    for (String outside : List.of(below, above)) {
      assertThatThrownBy(() -> accept(key, outside)).hasStackTraceContaining(PREFIX + "." + key);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.bootstrap-servers, ' '",
    "kafka.group-id, ' '",
    "kafka.client-id, ' '",
    "topics.prefix, a b",
    "topics.control, ''",
    "topics.dead-letter, -",
  })
  void whatMakesNoSenseIsRefusedByName(String key, String value) {
    assertThatThrownBy(() -> accept(key, value)).hasStackTraceContaining(PREFIX + "." + key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acks",
        "auto.offset.reset",
        "enable.auto.commit",
        "group.id",
        "isolation.level",
        "max.poll.records"
      })
  void propertiesThatGuaranteesDependOnAreRefused(String name) {
    assertThatThrownBy(() -> accept("kafka.properties[" + name + "]", "x"))
        .hasStackTraceContaining("kafka.properties has '" + name + "'");
  }
}
