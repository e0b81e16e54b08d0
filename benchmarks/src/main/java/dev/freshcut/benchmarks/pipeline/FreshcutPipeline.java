package dev.freshcut.benchmarks.pipeline;

import dev.freshcut.benchmarks.Applications;
import dev.freshcut.benchmarks.cache.CacheUnderTest;
import dev.freshcut.cdcconnector.CdcConnectorApplication;
import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.invalidationworker.InvalidationWorkerApplication;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Connector and worker in this JVM, as in quickstart, with their default settings but for
 * addresses, names and the cache model.
 */
final class FreshcutPipeline implements Subject {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Servers servers;
  private final ItemsDatabase database;
  private final ConfigurableApplicationContext worker;
  private ConfigurableApplicationContext connector;

  private FreshcutPipeline(
      Servers servers,
      ItemsDatabase database,
      ConfigurableApplicationContext worker,
      ConfigurableApplicationContext connector) {
    this.servers = servers;
    this.database = database;
    this.worker = worker;
    this.connector = connector;
  }

  /** Starts both; the connector reads from its slot when this returns. */
  static FreshcutPipeline start(Servers servers, ItemsDatabase database) throws SQLException {
    ConfigurableApplicationContext worker =
        InvalidationWorkerApplication.start(workerSettings(servers, database));
    try {
      return new FreshcutPipeline(servers, database, worker, startConnector(servers, database));
    } catch (Throwable e) {
      worker.close();
      throw e;
    }
  }

  /** Stops the connector alone; changes wait in its slot. */
  void stopConnector() {
    connector.close();
  }

  /** Starts the connector again. */
  void restartConnector() throws SQLException {
    connector = startConnector(servers, database);
  }

  private static ConfigurableApplicationContext startConnector(
      Servers servers, ItemsDatabase database) throws SQLException {
    ConfigurableApplicationContext connector =
        CdcConnectorApplication.start(connectorSettings(servers, database));
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!database.slotIsActive(database.name())) {
      if (System.nanoTime() > deadline) {
        connector.close();
        throw new IllegalStateException("the connector does not read from its slot");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return connector;
  }

  private static Map<String, Object> connectorSettings(Servers servers, ItemsDatabase database) {
    Map<String, Object> settings = Applications.withoutDatabase();
    settings.put("freshcut.connector.tables", "public.items,public.offers");
    settings.put("freshcut.connector.database.jdbc-url", database.jdbcUrl());
    settings.put("freshcut.connector.database.username", ItemsDatabase.CDC_USER);
    settings.put("freshcut.connector.database.password", ItemsDatabase.CDC_PASSWORD);
    settings.put("freshcut.connector.database.slot", database.name());
    settings.put("freshcut.connector.topics.prefix", database.name());
    settings.put("freshcut.connector.kafka.bootstrap-servers", servers.kafka().bootstrapServers());
    return settings;
  }

  private static Map<String, Object> workerSettings(Servers servers, ItemsDatabase database) {
    Map<String, Object> settings = Applications.withoutDatabase();
    settings.put("freshcut.worker.model", "classpath:" + CacheUnderTest.MODEL);
    settings.put("freshcut.worker.topics.prefix", database.name());
    settings.put("freshcut.worker.kafka.bootstrap-servers", servers.kafka().bootstrapServers());
    settings.put("freshcut.worker.kafka.group-id", database.name());
    settings.put("freshcut.redis.address", servers.redis().url());
    return settings;
  }

  @Override
  public void close() {
    connector.close();
    worker.close();
  }
}
