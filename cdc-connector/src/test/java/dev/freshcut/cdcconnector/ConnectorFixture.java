package dev.freshcut.cdcconnector;

import dev.freshcut.cdcconnector.TopicReader.Read;
import dev.freshcut.cdcconnector.lifecycle.ConnectorHealthIndicator;
import dev.freshcut.cdcconnector.lifecycle.ConnectorState;
import dev.freshcut.cdcconnector.lifecycle.ConnectorStatus;
import dev.freshcut.cdcconnector.settings.ConnectorSettings;
import dev.freshcut.embeddedstack.KafkaServer;
import dev.freshcut.embeddedstack.PostgresServer;
import dev.freshcut.embeddedstack.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.ConfigurableApplicationContext;

/** A database, topic names and a slot of a test's own, and connectors on them. */
final class ConnectorFixture implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(90);

  static {
    // The first look at once and not after 100 ms: most of what is awaited is there already.
    Awaitility.setDefaultPollInterval(
        (looks, last) -> Duration.ofMillis(Math.min(100, 10L * looks)));
  }

  final TestDatabase database;
  final TopicReader topics;
  final String prefix;
  final String bootstrapServers;
  private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

  /** On the servers that all tests share. */
  ConnectorFixture() {
    this(
        TestServers.shared().postgres(),
        TestServers.shared().kafka(),
        TestServers.shared().freshName("cdc"));
  }

  ConnectorFixture(PostgresServer postgres, KafkaServer kafka, String name) {
    this.prefix = name;
    this.database = TestDatabase.create(postgres, name);
    this.bootstrapServers = kafka.bootstrapServers();
    this.topics = new TopicReader(bootstrapServers);
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("spring.main.web-application-type", "none");
    settings.put("freshcut.connector.tables", "public.items");
    settings.put("freshcut.connector.database.jdbc-url", database.jdbcUrl());
    settings.put("freshcut.connector.database.password", TestDatabase.PASSWORD);
    settings.put("freshcut.connector.database.slot", prefix);
    settings.put("freshcut.connector.kafka.bootstrap-servers", bootstrapServers);
    settings.put("freshcut.connector.topics.prefix", prefix);
    settings.put("freshcut.connector.stream.heartbeat-interval", "200ms");
    settings.put("freshcut.connector.stream.offset-flush-interval", "100ms");
    settings.put("freshcut.connector.stream.monitor-interval", "100ms");
    settings.put("freshcut.connector.stream.check-interval", "300ms");
    settings.put("freshcut.connector.retry.initial", "100ms");
    settings.put("freshcut.connector.retry.max", "1s");
    return settings;
  }

  /** The same as the connector sees them. */
  ConnectorSettings boundSettings() {
    return new Binder(new MapConfigurationPropertySource(Map.copyOf(settings())))
        .bind("freshcut.connector", ConnectorSettings.class)
        .get();
  }

  /** Creates a topic with one replica before a connector does, with room for large records. */
  void createTopic(String name, int partitions, Map<String, String> config) {
    Map<String, String> all = new HashMap<>(config);
    all.putIfAbsent("max.message.bytes", "10000000");
    admin(
        admin ->
            admin
                .createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(all)))
                .all());
  }

  void configureTopic(String name, String property, String value) {
    admin(
        admin ->
            admin
                .incrementalAlterConfigs(
                    Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, name),
                        List.of(
                            new AlterConfigOp(
                                new ConfigEntry(property, value), AlterConfigOp.OpType.SET))))
                .all());
  }

  private void admin(Function<Admin, KafkaFuture<Void>> call) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      call.apply(admin).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  ConfigurableApplicationContext start() {
    return start(settings());
  }

  ConfigurableApplicationContext start(Map<String, Object> settings) {
    ConfigurableApplicationContext context = CdcConnectorApplication.start(settings);
    contexts.add(context);
    return context;
  }

  /** Starts and waits until changes flow. */
  ConfigurableApplicationContext startStreaming() {
    ConfigurableApplicationContext context = start();
    awaitStreaming(context);
    return context;
  }

  static void awaitStreaming(ConfigurableApplicationContext context) {
    awaitState(context, ConnectorState.STREAMING);
  }

  static void awaitState(ConfigurableApplicationContext context, ConnectorState state) {
    ConnectorStatus status = context.getBean(ConnectorStatus.class);
    Awaitility.await("state " + state).atMost(PATIENCE).until(() -> status.state() == state);
  }

  /** Waits until it says that this has to be mended. */
  static Health awaitBlocked(ConfigurableApplicationContext context, String detail) {
    var health = context.getBean(ConnectorHealthIndicator.class);
    // One look at a time: it is STARTING again and again.
    return Awaitility.await("blocked: " + detail)
        .atMost(PATIENCE)
        .until(
            health::health,
            seen ->
                "BLOCKED".equals(seen.getDetails().get("state"))
                    && String.valueOf(seen.getDetails().get("detail")).contains(detail));
  }

  String topic(String table) {
    return prefix + ".public." + table;
  }

  List<Read> items() {
    return topics.read(topic("items"));
  }

  /** How many records {@code public.items} has. */
  long recordCount() {
    return topics.count(topic("items"));
  }

  /** All of {@code public.items}, once there are at least so many. */
  List<Read> awaitItems(int atLeast) {
    return Awaitility.await(atLeast + " records")
        .atMost(PATIENCE)
        .until(this::items, records -> records.size() >= atLeast);
  }

  /** All of {@code public.items} once this one is among them. */
  List<Read> awaitItem(long id) {
    return topics.readUntil(topic("items"), "{\"id\":%d}".formatted(id), PATIENCE);
  }

  /** LSN up to which the slot is confirmed. */
  long confirmed() {
    return database.number(
        "SELECT (confirmed_flush_lsn - '0/0'::pg_lsn)::bigint FROM pg_replication_slots"
            + " WHERE slot_name = '%s'".formatted(prefix));
  }

  /** Waits until a position has been stored and the slot has moved past the present. */
  void awaitAdvance() {
    long now = database.number("SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint");
    Awaitility.await("slot advances")
        .atMost(PATIENCE)
        .until(() -> confirmed() > now && topics.count(prefix + ".connector-offsets") > 0);
  }

  /** Writes another stored position; null for none, as if the offsets topic had been lost. */
  void changePosition(Function<String, @Nullable String> change) {
    try (KafkaProducer<String, @Nullable String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new StringSerializer())) {
      String topic = prefix + ".connector-offsets";
      Read last = topics.read(topic).getLast();
      var unused =
          producer.send(
              new ProducerRecord<>(topic, last.key(), change.apply(String.valueOf(last.value()))));
      producer.flush();
    }
  }

  /** Stops all connectors and drops the database with its slot. */
  @Override
  public void close() {
    stopConnectors();
    database.drop();
  }

  void stopConnectors() {
    contexts.forEach(ConfigurableApplicationContext::close);
    contexts.clear();
  }
}
