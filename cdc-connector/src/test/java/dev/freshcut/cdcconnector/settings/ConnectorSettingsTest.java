package dev.freshcut.cdcconnector.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConnectorSettingsTest {
  @Test
  void everyDefault() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new ConnectorSettings(
                List.of("public.items"),
                new DatabaseSettings(
                    "jdbc:postgresql://localhost:5432/freshcut",
                    "freshcut_cdc",
                    "",
                    "freshcut",
                    "freshcut",
                    "public.cdc_heartbeat"),
                new KafkaSettings(
                    "localhost:9092",
                    "freshcut-connector",
                    Duration.ofSeconds(30),
                    8 << 20,
                    Map.of(),
                    Map.of()),
                new TopicSettings("freshcut", 3, (short) -1, Duration.ofDays(7), null, null),
                new StreamSettings(
                    2_048,
                    8_192,
                    Duration.ofMillis(1),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    Map.of()),
                new RetrySettings(Duration.ofMillis(500), Duration.ofSeconds(15))));
    assertThat(bind(Map.of()).topics().controlTopic()).isEqualTo("freshcut.control");
    assertThat(bind(Map.of()).topics().offsetsTopic()).isEqualTo("freshcut.connector-offsets");
    assertThat(bind(Map.of()).topicOf("public.items")).isEqualTo("freshcut.public.items");
  }

  @Test
  void everyKeyIsMapped() {
    Map<String, String> given =
        Map.ofEntries(
            Map.entry("tables[0]", "a.b"),
            Map.entry("tables[1]", "A_1.c2"),
            Map.entry("database.jdbc-url", "jdbc:postgresql://db:5433/shop?sslmode=require"),
            Map.entry("database.username", "u"),
            Map.entry("database.password", "p"),
            Map.entry("database.slot", "s_1"),
            Map.entry("database.publication", "pub"),
            Map.entry("database.heartbeat-table", "x.beat"),
            Map.entry("kafka.bootstrap-servers", "k:1,k:2"),
            Map.entry("kafka.client-id", "c"),
            Map.entry("kafka.delivery-timeout", "5s"),
            Map.entry("kafka.max-record-bytes", "2000000"),
            Map.entry("kafka.properties.security.protocol", "SSL"),
            Map.entry("kafka.producer.linger.ms", "2"),
            Map.entry("topics.prefix", "shop"),
            Map.entry("topics.partitions", "7"),
            Map.entry("topics.replication-factor", "3"),
            Map.entry("topics.retention", "2h"),
            Map.entry("topics.control", "ctl"),
            Map.entry("topics.offsets", "off"),
            Map.entry("stream.batch-size", "10"),
            Map.entry("stream.queue-size", "11"),
            Map.entry("stream.poll-interval", "6ms"),
            Map.entry("stream.heartbeat-interval", "2s"),
            Map.entry("stream.offset-flush-interval", "3s"),
            Map.entry("stream.monitor-interval", "4s"),
            Map.entry("stream.check-interval", "5s"),
            Map.entry("stream.debezium.hstore.handling.mode", "map"),
            Map.entry("retry.initial", "1s"),
            Map.entry("retry.max", "2s"));

    assertThat(bindExactly(given))
        .isEqualTo(
            new ConnectorSettings(
                List.of("a.b", "A_1.c2"),
                new DatabaseSettings(
                    "jdbc:postgresql://db:5433/shop?sslmode=require",
                    "u",
                    "p",
                    "s_1",
                    "pub",
                    "x.beat"),
                new KafkaSettings(
                    "k:1,k:2",
                    "c",
                    Duration.ofSeconds(5),
                    2_000_000,
                    Map.of("security.protocol", "SSL"),
                    Map.of("linger.ms", "2")),
                new TopicSettings("shop", 7, (short) 3, Duration.ofHours(2), "ctl", "off"),
                new StreamSettings(
                    10,
                    11,
                    Duration.ofMillis(6),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(5),
                    Map.of("hstore.handling.mode", "map")),
                new RetrySettings(Duration.ofSeconds(1), Duration.ofSeconds(2))));
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.delivery-timeout,2s,10m,1999ms,601s",
    "kafka.max-record-bytes,1048576,33554432,1048575,33554433",
    "topics.partitions,1,1000,0,1001",
    "topics.replication-factor,1,9,0,10",
    "topics.retention,1m,3650d,59s,3651d",
    "stream.batch-size,1,8191,0,8192",
    "stream.queue-size,2049,1000000,2048,1000001",
    "stream.poll-interval,1ms,10s,0ms,10001ms",
    "stream.heartbeat-interval,100ms,5m,99ms,301s",
    "stream.offset-flush-interval,10ms,1m,9ms,60001ms",
    "stream.monitor-interval,100ms,1m,99ms,61s",
    "stream.check-interval,100ms,1h,99ms,3601s",
    "retry.initial,10ms,15s,9ms,15001ms",
    "retry.max,500ms,10m,499ms,601s"
  })
  void everyBound(String key, String lowest, String highest, String tooLow, String tooHigh) {
    assertThatCode(() -> bind(Map.of(key, lowest))).doesNotThrowAnyException();
    assertThatCode(() -> bind(Map.of(key, highest))).doesNotThrowAnyException();
    assertThat(refusal(Map.of(key, tooLow))).startsWith("freshcut.connector.");
    assertThat(refusal(Map.of(key, tooHigh))).startsWith("freshcut.connector.");
  }

  @Test
  void batchSizeHasABoundOfItsOwn() {
    assertThat(refusal(Map.of("stream.batch-size", "100001", "stream.queue-size", "1000000")))
        .isEqualTo(
            "freshcut.connector.stream.batch-size is 100001: set it to a number from 1 to 100000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tables[0]|items|name each table as schema.table",
        "tables[0]|public.a b|name each table as schema.table",
        "tables[0]|public.cdc_heartbeat|it is always captured",
        "tables[1]|public.items|twice",
        "database.jdbc-url|jdbc:mysql://h/d|is no URL of one PostgreSQL database",
        "database.jdbc-url|jdbc:postgresql://h|is no URL of one PostgreSQL database",
        "database.jdbc-url|jdbc:postgresql://a,b/d|is no URL of one PostgreSQL database",
        "database.jdbc-url|jdbc:postgresql://h:x/d|is no URL of one PostgreSQL database",
        "database.username|' '|is empty",
        "database.slot|Fresh-Cut|lower-case",
        "database.publication|a b|lower-case",
        "database.heartbeat-table|beat|schema.table",
        "kafka.bootstrap-servers|' '|is empty",
        "kafka.client-id|' '|is empty",
        "topics.prefix|a b|letters",
        "topics.control|.|letters",
        "topics.offsets|'a,b'|letters"
      })
  void everyForm(String key, String value, String message) {
    assertThat(refusal(Map.of(key, value)))
        .startsWith("freshcut.connector." + key.replaceAll("\\[.*", ""))
        .contains(message);
  }

  @Test
  void tablesAreRequired() {
    assertThat(refusal(() -> bindExactly(Map.of())))
        .isEqualTo(
            "freshcut.connector.tables is empty: list the tables to capture as schema.table");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stream.debezium.snapshot.mode",
        "stream.debezium.slot.drop.on.stop",
        "stream.debezium.skipped.operations",
        "stream.debezium.errors.max.retries",
        "stream.debezium.offset.storage",
        "stream.debezium.transforms",
        "stream.debezium.transforms.route.type",
        "stream.debezium.column.exclude.list",
        "stream.debezium.database.hostname",
        "stream.debezium.event.processing.failure.handling.mode",
        "kafka.producer.acks",
        "kafka.producer.enable.idempotence",
        "kafka.producer.retries",
        "kafka.producer.max.in.flight.requests.per.connection",
        "kafka.producer.max.request.size",
        "kafka.producer.partitioner.ignore.keys",
        "kafka.producer.transactional.id",
        "kafka.properties.acks",
        "kafka.properties.bootstrap.servers"
      })
  void propertiesThatWouldBreakAGuaranteeAreRefused(String key) {
    assertThat(refusal(Map.of(key, "x"))).contains("remove it").contains("'");
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    RetrySettings retry = new RetrySettings(Duration.ofMillis(500), Duration.ofSeconds(3));

    assertThat(List.of(1, 2, 3, 4, 1_000_000).stream().map(retry::pauseAfter))
        .containsExactly(
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3));
  }

  @Test
  void theJdbcUrlHasParts() {
    assertThat(JdbcUrl.parse("jdbc:postgresql://[::1]:5433/my%20db?sslmode=require&user=a%26b"))
        .isEqualTo(
            new JdbcUrl("[::1]", 5_433, "my db", Map.of("sslmode", "require", "user", "a&b")));
    assertThat(JdbcUrl.parse("jdbc:postgresql://db/d"))
        .isEqualTo(new JdbcUrl("db", 5_432, "d", Map.of()));
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(
            bind(Map.of(
                    "database.password", "geheim",
                    "kafka.properties.ssl.key.password", "geheim",
                    "database.jdbc-url", "jdbc:postgresql://h/d?sslpassword=geheim"))
                .toString())
        .doesNotContain("geheim");
  }

  private static ConnectorSettings bind(Map<String, String> given) {
    Map<String, String> all = new HashMap<>(given);
    all.putIfAbsent("tables[0]", "public.items");
    return bindExactly(all);
  }

  private static ConnectorSettings bindExactly(Map<String, String> given) {
    Map<String, Object> source = new HashMap<>();
    given.forEach((key, value) -> source.put("freshcut.connector." + key, value));
    return new Binder(new MapConfigurationPropertySource(source))
        .bindOrCreate("freshcut.connector", ConnectorSettings.class);
  }

  private static String refusal(Map<String, String> given) {
    return refusal(() -> bind(given));
  }

  private static String refusal(ThrowingCallable binding) {
    @Nullable String[] message = new String[1];
    assertThatThrownBy(binding)
        .satisfies(
            e -> {
              Throwable cause = e;
              while (cause.getCause() != null) {
                cause = cause.getCause();
              }
              assertThat(cause).isInstanceOf(IllegalArgumentException.class);
              assertThat(e).isInstanceOfAny(BindException.class, IllegalArgumentException.class);
              message[0] = cause.getMessage();
            });
    return String.valueOf(message[0]);
  }
}
