package dev.freshcut.cdcconnector.stream;

import dev.freshcut.cdcconnector.kafka.KafkaClients;
import dev.freshcut.cdcconnector.kafka.KafkaPositions;
import dev.freshcut.cdcconnector.kafka.PositionStore;
import dev.freshcut.cdcconnector.settings.ConnectorSettings;
import dev.freshcut.cdcconnector.settings.DatabaseSettings;
import dev.freshcut.cdcconnector.settings.JdbcUrl;
import dev.freshcut.cdcconnector.settings.StreamSettings;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Debezium's configuration. What stands here on purpose, settings cannot override. */
final class EngineProperties {
  private EngineProperties() {}

  static Properties of(ConnectorSettings settings, KafkaClients clients) {
    Properties properties = new Properties();
    properties.putAll(settings.stream().debezium());
    addSource(properties, settings);
    addEnvelope(properties, settings);
    addPositions(properties, settings, clients);
    addTiming(properties, settings.stream());
    addHeartbeat(properties, settings);
    addFailures(properties);
    return properties;
  }

  private static void addSource(Properties properties, ConnectorSettings settings) {
    DatabaseSettings database = settings.database();
    JdbcUrl url = database.url();
    properties.setProperty("name", PositionStore.engineName(settings));
    properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    properties.setProperty("database.hostname", url.host());
    properties.setProperty("database.port", String.valueOf(url.port()));
    properties.setProperty("database.dbname", url.database());
    properties.setProperty("database.user", database.username());
    properties.setProperty("database.password", database.password());
    url.parameters().forEach((name, value) -> properties.setProperty("driver." + name, value));
    properties.setProperty("plugin.name", "pgoutput");
    properties.setProperty("slot.name", database.slot());
    properties.setProperty("slot.drop.on.stop", "false");
    properties.setProperty("slot.max.retries", "0");
    // The slot exists when the engine starts. Where Debezium finds it gone and makes one, it waits
    // for its own open transaction, for longer than anybody wants to.
    properties.setProperty("internal.create.slot.command.timeout", "1");
    properties.setProperty("publication.name", database.publication());
    properties.setProperty("publication.autocreate.mode", "disabled");
    properties.setProperty("snapshot.mode", "no_data");
    properties.setProperty(
        "table.include.list",
        Stream.concat(settings.tables().stream(), Stream.of(database.heartbeatTable()))
            .map(Pattern::quote)
            .collect(Collectors.joining(",")));
  }

  private static void addEnvelope(Properties properties, ConnectorSettings settings) {
    properties.setProperty("topic.prefix", settings.topics().prefix());
    properties.setProperty("skipped.operations", "none");
    properties.setProperty("tombstones.on.delete", "true");
    properties.setProperty("decimal.handling.mode", "string");
    properties.setProperty("time.precision.mode", "isostring");
  }

  private static void addPositions(
      Properties properties, ConnectorSettings settings, KafkaClients clients) {
    properties.putAll(KafkaPositions.properties(settings.topics().offsetsTopic(), clients));
    properties.setProperty(
        "offset.flush.interval.ms", millis(settings.stream().offsetFlushInterval()));
    properties.setProperty("offset.flush.timeout.ms", millis(ChangeStream.STEP_TIMEOUT));
    // The slot is confirmed by what Kafka has acknowledged and by nothing else.
    properties.setProperty("lsn.flush.mode", "connector");
  }

  private static void addTiming(Properties properties, StreamSettings stream) {
    properties.setProperty("max.batch.size", String.valueOf(stream.batchSize()));
    properties.setProperty("max.queue.size", String.valueOf(stream.queueSize()));
    properties.setProperty("poll.interval.ms", millis(stream.pollInterval()));
    properties.setProperty("queue.provider.type", RestingQueue.NAME);
  }

  /**
   * The heartbeat row tells consumers how far the stream has come, and keeps the slot moving while
   * only tables that are not captured change.
   */
  private static void addHeartbeat(Properties properties, ConnectorSettings settings) {
    properties.setProperty("heartbeat.interval.ms", millis(settings.stream().heartbeatInterval()));
    properties.setProperty(
        "heartbeat.action.query",
        """
        INSERT INTO "%s" (id, beat_at, xid, horizon)
        VALUES (1, clock_timestamp(), pg_current_xact_id()::text::bigint,
                pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
        ON CONFLICT (id) DO UPDATE SET
          beat_at = excluded.beat_at, xid = excluded.xid, horizon = excluded.horizon
        """
            .formatted(settings.database().heartbeatTable().replace(".", "\".\"")));
  }

  /** Faults end the engine; the connector's own loop looks at the slot before it starts another. */
  private static void addFailures(Properties properties) {
    properties.setProperty("errors.max.retries", "0");
    properties.setProperty("event.processing.failure.handling.mode", "fail");
    properties.setProperty("executor.shutdown.timeout.ms", millis(ChangeStream.STEP_TIMEOUT));
  }

  private static String millis(Duration duration) {
    return String.valueOf(duration.toMillis());
  }
}
