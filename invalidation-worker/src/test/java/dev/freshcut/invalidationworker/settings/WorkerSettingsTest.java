package dev.freshcut.invalidationworker.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.invalidationworker.settings.WorkerSettings.RecordSettings;
import dev.freshcut.invalidationworker.settings.WorkerSettings.RetrySettings;
import dev.freshcut.invalidationworker.settings.WorkerSettings.SweepSettings;
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

class WorkerSettingsTest {
  private static final String WORKER = "freshcut.worker";

  private static <T> T bind(String prefix, Class<T> type, Map<String, String> given) {
    return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate(prefix, type);
  }

  /** Fails if a key means nothing. */
  private static <T> T bindExactly(String prefix, Class<T> type, Map<String, String> given) {
    return new Binder(new MapConfigurationPropertySource(given))
        .bind(
            prefix,
            Bindable.of(type),
            new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> true))
        .get();
  }

  private static void accept(String key, String value) {
    WorkerSettings bound = bindExactly(WORKER, WorkerSettings.class, Map.of(key, value));
    assertThat(bound).isNotNull();
  }

  @Test
  void everyDefault() {
    assertThat(bind(WORKER, WorkerSettings.class, Map.of()))
        .isEqualTo(
            new WorkerSettings(
                "classpath:freshcut/cache-model.yml",
                1,
                "public.cdc_heartbeat",
                null,
                Duration.ofSeconds(1),
                10_000,
                new KafkaSettings(
                    "localhost:9092",
                    "freshcut-invalidation",
                    "freshcut-worker",
                    4_000,
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(5),
                    Map.of()),
                new TopicSettings("freshcut", null, null),
                new RecordSettings(8 << 20, 64),
                new RetrySettings(Duration.ofMillis(100), Duration.ofSeconds(5)),
                new SweepSettings(Duration.ofMillis(20), Duration.ofSeconds(30))));
    TopicSettings topics = bind(WORKER, WorkerSettings.class, Map.of()).topics();
    assertThat(topics.controlTopic()).isEqualTo("freshcut.control");
    assertThat(topics.deadLetterTopic()).isEqualTo("freshcut.dead-letter");
  }

  @Test
  void everyKeyIsMapped() {
    assertThat(
            bindExactly(
                WORKER,
                WorkerSettings.class,
                Map.ofEntries(
                    Map.entry("freshcut.worker.model", "/etc/model.yml"),
                    Map.entry("freshcut.worker.threads", "3"),
                    Map.entry("freshcut.worker.heartbeat-table", "x.beats"),
                    Map.entry("freshcut.worker.initial-xid", "77"),
                    Map.entry("freshcut.worker.check-interval", "2s"),
                    Map.entry("freshcut.worker.max-held-back", "5"),
                    Map.entry("freshcut.worker.kafka.bootstrap-servers", "k:1,l:2"),
                    Map.entry("freshcut.worker.kafka.group-id", "g"),
                    Map.entry("freshcut.worker.kafka.client-id", "c"),
                    Map.entry("freshcut.worker.kafka.batch-size", "9"),
                    Map.entry("freshcut.worker.kafka.request-timeout", "3s"),
                    Map.entry("freshcut.worker.kafka.metadata-max-age", "4s"),
                    Map.entry("freshcut.worker.kafka.properties[security.protocol]", "SSL"),
                    Map.entry("freshcut.worker.topics.prefix", "p"),
                    Map.entry("freshcut.worker.topics.control", "ctl"),
                    Map.entry("freshcut.worker.topics.dead-letter", "dlt"),
                    Map.entry("freshcut.worker.record.max-bytes", "2000"),
                    Map.entry("freshcut.worker.record.max-depth", "7"),
                    Map.entry("freshcut.worker.retry.initial", "20ms"),
                    Map.entry("freshcut.worker.retry.max", "30ms"),
                    Map.entry("freshcut.worker.sweep.pause", "5ms"),
                    Map.entry("freshcut.worker.sweep.interval", "6s"))))
        .isEqualTo(
            new WorkerSettings(
                "/etc/model.yml",
                3,
                "x.beats",
                77L,
                Duration.ofSeconds(2),
                5,
                new KafkaSettings(
                    "k:1,l:2",
                    "g",
                    "c",
                    9,
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(4),
                    Map.of("security.protocol", "SSL")),
                new TopicSettings("p", "ctl", "dlt"),
                new RecordSettings(2_000, 7),
                new RetrySettings(Duration.ofMillis(20), Duration.ofMillis(30)),
                new SweepSettings(Duration.ofMillis(5), Duration.ofSeconds(6))));
  }

  @ParameterizedTest
  @CsvSource({
    "freshcut.worker.threads, 1, 16, 0, 17",
    "freshcut.worker.initial-xid, 0, 9007199254740991, -1, 9007199254740992",
    "freshcut.worker.check-interval, 100ms, 1m, 99ms, 60001ms",
    "freshcut.worker.max-held-back, 0, 100000, -1, 100001",
    "freshcut.worker.kafka.batch-size, 1, 100000, 0, 100001",
    "freshcut.worker.kafka.request-timeout, 1s, 2m, 999ms, 121s",
    "freshcut.worker.kafka.metadata-max-age, 1s, 10m, 999ms, 601s",
    "freshcut.worker.record.max-bytes, 1024, 67108864, 1023, 67108865",
    "freshcut.worker.record.max-depth, 3, 1000, 2, 1001",
    "freshcut.worker.retry.initial, 10ms, 5s, 9ms, 61s",
    "freshcut.worker.retry.max, 100ms, 5m, 99ms, 301s",
    "freshcut.worker.sweep.pause, 1ms, 10s, 0ms, 10001ms",
    "freshcut.worker.sweep.interval, 1s, 1h, 999ms, 3601s",
  })
  void everyBound(String key, String least, String most, String below, String above) {
    assertThatCode(() -> accept(key, least)).doesNotThrowAnyException();
    assertThatCode(() -> accept(key, most)).doesNotThrowAnyException();
    for (String outside : List.of(below, above)) {
      assertThatThrownBy(() -> accept(key, outside)).hasStackTraceContaining(key);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "freshcut.worker.model, ' '",
    "freshcut.worker.heartbeat-table, beats",
    "freshcut.worker.kafka.bootstrap-servers, ' '",
    "freshcut.worker.kafka.group-id, ' '",
    "freshcut.worker.kafka.client-id, ' '",
    "freshcut.worker.topics.prefix, a b",
    "freshcut.worker.topics.control, ''",
    "freshcut.worker.topics.dead-letter, -",
  })
  void whatMakesNoSenseIsRefusedByName(String key, String value) {
    String name = key.replaceFirst("\\[.*", "");
    assertThatThrownBy(() -> accept(key, value)).hasStackTraceContaining(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acks",
        "allow.auto.create.topics",
        "auto.offset.reset",
        "bootstrap.servers",
        "client.id",
        "default.api.timeout.ms",
        "delivery.timeout.ms",
        "enable.auto.commit",
        "enable.idempotence",
        "group.id",
        "group.instance.id",
        "group.protocol",
        "isolation.level",
        "key.deserializer",
        "key.serializer",
        "max.poll.records",
        "metadata.max.age.ms",
        "request.timeout.ms",
        "value.deserializer",
        "value.serializer",
      })
  void propertiesThatGuaranteesDependOnAreRefused(String name) {
    assertThatThrownBy(() -> accept("freshcut.worker.kafka.properties[" + name + "]", "x"))
        .hasStackTraceContaining("freshcut.worker.kafka.properties has '" + name + "'");
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(
            bind(
                    WORKER,
                    WorkerSettings.class,
                    Map.of("freshcut.worker.kafka.properties[sasl.jaas.config]", "secret"))
                .toString())
        .doesNotContain("secret");
  }
}
