package dev.freshcut.benchmarks.booking;

import dev.freshcut.benchmarks.Applications;
import dev.freshcut.bookingapi.BookingApiApplication;
import dev.freshcut.bookingschema.DatabaseBootstrap;
import dev.freshcut.cdcconnector.CdcConnectorApplication;
import dev.freshcut.coherentcache.Evictor;
import dev.freshcut.coherentcache.RedisCoherence;
import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.coherentcache.Watermarks;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.invalidationworker.InvalidationWorkerApplication;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API, in one instance or several, with connector and worker, in this JVM. Default settings but
 * for addresses, names and quotas; a database, topics and Redis keys of its own.
 */
final class BookingPlatform implements AutoCloseable {
  private static final String EMAIL = "operator@example.org";
  private static final String PASSWORD = "only for the benchmark";
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Servers servers;
  private final String name = "bookings_" + NUMBER.incrementAndGet();
  private final List<ConfigurableApplicationContext> apis = new ArrayList<>();
  private final List<ConfigurableApplicationContext> others = new ArrayList<>();

  private BookingPlatform(Servers servers) {
    this.servers = servers;
  }

  /** Starts everything; returns when changes flow from the database to the cache. */
  static BookingPlatform start(Servers servers, Clock clock, int instances) throws SQLException {
    BookingPlatform platform = new BookingPlatform(servers);
    try {
      platform.startAll(instances);
      platform.awaitStream(clock);
      return platform;
    } catch (Throwable e) {
      platform.close();
      throw e;
    }
  }

  private void startAll(int instances) throws SQLException {
    servers.postgres().createDatabase(name);
    try (Connection superuser = connect()) {
      DatabaseBootstrap.run(superuser, PASSWORD, PASSWORD, PASSWORD);
    }
    for (int i = 0; i < instances; i++) {
      apis.add(BookingApiApplication.start(apiSettings()));
    }
    others.add(CdcConnectorApplication.start(connectorSettings()));
    others.add(InvalidationWorkerApplication.start(workerSettings()));
  }

  private Map<String, Object> apiSettings() {
    Map<String, Object> settings = Applications.common();
    settings.put("spring.datasource.url", servers.postgres().jdbcUrl(name));
    settings.put("spring.datasource.username", DatabaseBootstrap.APP_ROLE);
    settings.put("spring.datasource.password", PASSWORD);
    settings.put("freshcut.redis.address", servers.redis().url());
    settings.put("freshcut.cache.namespace", namespace());
    // A slow answer is to count as slow, and not to end the benchmark.
    settings.put("freshcut.cache.evict-timeout", "10s");
    settings.put("freshcut.rate-limit.enabled", false);
    settings.put("freshcut.security.secret", "known to all who read this, for a run of minutes");
    settings.put("freshcut.security.operator.email", EMAIL);
    settings.put("freshcut.security.operator.password", PASSWORD);
    return settings;
  }

  private Map<String, Object> connectorSettings() {
    CacheModel model = CacheModel.loadResource("freshcut/cache-model.yml");
    Map<String, Object> settings = Applications.withoutDatabase();
    settings.put("freshcut.connector.tables", String.join(",", model.tables().keySet()));
    settings.put("freshcut.connector.database.jdbc-url", servers.postgres().jdbcUrl(name));
    settings.put("freshcut.connector.database.username", DatabaseBootstrap.CDC_ROLE);
    settings.put("freshcut.connector.database.password", PASSWORD);
    settings.put("freshcut.connector.database.slot", name);
    settings.put("freshcut.connector.topics.prefix", name);
    settings.put("freshcut.connector.kafka.bootstrap-servers", servers.kafka().bootstrapServers());
    return settings;
  }

  private Map<String, Object> workerSettings() {
    Map<String, Object> settings = Applications.withoutDatabase();
    settings.put("freshcut.worker.topics.prefix", name);
    settings.put("freshcut.worker.kafka.bootstrap-servers", servers.kafka().bootstrapServers());
    settings.put("freshcut.worker.kafka.group-id", name);
    settings.put("freshcut.redis.address", servers.redis().url());
    settings.put("freshcut.cache.namespace", namespace());
    return settings;
  }

  private String namespace() {
    return name.replace('_', '-');
  }

  /** Returns when the worker has evicted everything once, and all that is committed by now. */
  void awaitStream(Clock clock) {
    Watermarks watermarks = apis.getFirst().getBean(RedisCoherence.class).watermarks();
    Instant now = clock.instant();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (watermarks.everythingEvictedAt().isEmpty()
        || watermarks.read().map(Watermark::committedBefore).orElse(Instant.MIN).isBefore(now)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("changes do not reach the cache");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** The port of an instance of the API. */
  int port(int instance) {
    return apis.get(instance)
        .getEnvironment()
        .getRequiredProperty("local.server.port", Integer.class);
  }

  int instances() {
    return apis.size();
  }

  /** Evicts what the worker would not: for the comparison with caches that know no better. */
  Evictor evictor() {
    return apis.getFirst().getBean(Evictor.class);
  }

  /** A connection of the superuser, which commits each statement. */
  Connection connect() throws SQLException {
    return servers.postgres().connect(name);
  }

  /** The header line that makes a request the operator's. */
  String authorization() throws IOException {
    try (HttpConnection connection = new HttpConnection(port(0))) {
      HttpConnection.Reply reply =
          connection.post(
              "/api/v1/login",
              "",
              "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(EMAIL, PASSWORD));
      return "Authorization: Bearer "
          + JsonMapper.shared()
              .readTree(reply.expect(200).body())
              .path("accessToken")
              .stringValue();
    }
  }

  @Override
  public void close() {
    others.reversed().forEach(ConfigurableApplicationContext::close);
    apis.reversed().forEach(ConfigurableApplicationContext::close);
  }
}
