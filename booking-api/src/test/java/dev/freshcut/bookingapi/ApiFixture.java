package dev.freshcut.bookingapi;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.freshcut.bookingapi.security.QuickPasswords;
import dev.freshcut.bookingapi.security.Tokens;
import dev.freshcut.bookingschema.DatabaseBootstrap;
import dev.freshcut.coherentcache.Progress;
import dev.freshcut.coherentcache.RedisCoherence;
import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.embeddedstack.ServersOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The service over a real PostgreSQL and Redis, with a database and a key namespace of its own: one
 * for all test classes that make do with locations and users of their own, one each for others.
 * Neither this JVM nor the database's sessions, which take its zone, are in a zone that any
 * location is in.
 */
public final class ApiFixture implements AutoCloseable {
  /** Signs the tokens. */
  public static final String SECRET = "known to every test, and to nobody else";

  /** The first operator's email; requests are hers unless they say otherwise. */
  public static final String OPERATOR = "operator@example.org";

  /** The first operator's password. */
  public static final String PASSWORD = "correct horse battery staple";

  // A transaction of autovacuum's would hold back the snapshots' floors now and then, and with them
  // what the cache may keep.
  private static final Servers SERVERS =
      Servers.create(ServersOptions.defaults().withPostgresSetting("autovacuum", "off"));
  private static int instances;
  private static @Nullable ApiFixture shared;

  static {
    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
    // The first look at once and not after 100 ms: most of what is awaited is there already.
    Awaitility.setDefaultPollInterval(
        (looks, last) -> Duration.ofMillis(Math.min(100, 10L * looks)));
  }

  private final String database;
  private final HikariDataSource owner;
  private final JdbcClient sql;
  private final ConfigurableApplicationContext application;
  private final String operator;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * The one that test classes share, which nobody closes. It is for those that change nothing but
   * what belongs to their own locations and users, and look at nothing else; after a class that
   * stops a server it is another.
   */
  public static synchronized ApiFixture shared() {
    ApiFixture running = shared;
    if (running == null) {
      // The servers may end before it, at the same time as this JVM.
      running = new ApiFixture(Map.of("spring.main.register-shutdown-hook", false));
      shared = running;
    }
    return running;
  }

  /** To be called before a server is stopped: what comes back is not to disturb other classes. */
  public static synchronized void endShared() {
    if (shared != null) {
      shared.close();
      shared = null;
    }
  }

  /** Starts the service without a bound on the watermark, as no worker moves it here. */
  public ApiFixture() {
    this(Map.of());
  }

  /** Starts the service with some settings of one's own. */
  public ApiFixture(Map<String, Object> settings) {
    database = newDatabase();
    owner = owner(database);
    sql = JdbcClient.create(owner);
    application = BookingApiApplication.start(settings(database, settings));
    operator = bean(Tokens.class).issue(operatorId(), 1).value();
  }

  private long operatorId() {
    return sql.sql("SELECT id FROM users WHERE role = 'operator'").query(Long.class).single();
  }

  public static Servers servers() {
    return SERVERS;
  }

  /** An empty database with its roles. */
  public static String newDatabase() {
    String name = "booking_" + ++instances;
    SERVERS.postgres().createDatabase(name);
    try (Connection connection = SERVERS.postgres().connect(name)) {
      DatabaseBootstrap.run(connection, "app-password", "cdc-password", "notify-password");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return name;
  }

  private static HikariDataSource owner(String database) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(SERVERS.postgres().jdbcUrl(database));
    config.setUsername(DatabaseBootstrap.APP_ROLE);
    config.setPassword("app-password");
    config.setMaximumPoolSize(2);
    return new HikariDataSource(config);
  }

  public static Map<String, Object> settings(String database, Map<String, Object> others) {
    Map<String, Object> settings =
        new HashMap<>(
            Map.ofEntries(
                Map.entry("server.port", 0),
                Map.entry("freshcut.security.secret", SECRET),
                Map.entry("freshcut.webhooks.keys", "keeps the secrets of webhooks in tests"),
                Map.entry("freshcut.security.operator.email", OPERATOR),
                Map.entry("freshcut.security.operator.password", PASSWORD),
                Map.entry("spring.datasource.url", SERVERS.postgres().jdbcUrl(database)),
                Map.entry("spring.datasource.password", "app-password"),
                Map.entry("freshcut.redis.address", SERVERS.redis().url()),
                Map.entry("freshcut.cache.namespace", database.replace('_', '-')),
                Map.entry("freshcut.cache.watermark-bound", "0s"),
                Map.entry("freshcut.rate-limit.enabled", false),
                Map.entry(QuickPasswords.SETTING, true),
                Map.entry("freshcut.rate-limit.redis-timeout", "5s"),
                // Generous, as the machine that runs the tests may be busy.
                Map.entry("freshcut.booking.statement-timeout", "PT30S"),
                Map.entry("freshcut.booking.lock-timeout", "PT30S"),
                Map.entry("spring.datasource.hikari.connection-timeout", "30000"),
                Map.entry("freshcut.cache.redis-timeout", "5s"),
                Map.entry("freshcut.cache.evict-timeout", "10s")));
    settings.putAll(others);
    return settings;
  }

  /** The database, for the role that owns it. */
  public JdbcClient sql() {
    return sql;
  }

  /** A connection of the role that owns the database; the caller closes it. */
  public Connection connection() throws SQLException {
    return owner.getConnection();
  }

  public String database() {
    return database;
  }

  public <T> T bean(Class<T> type) {
    return application.getBean(type);
  }

  public <T> T bean(String name, Class<T> type) {
    return application.getBean(name, type);
  }

  public int port() {
    var server = ((ServletWebServerApplicationContext) application).getWebServer();
    return java.util.Objects.requireNonNull(server).getPort();
  }

  /** Says that invalidation has come to a point in time, as the worker would. */
  public void watermark(Instant committedBefore) {
    long horizon =
        sql.sql("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            .query(Long.class)
            .single();
    bean(RedisCoherence.class)
        .evictor()
        .evict(
            List.of(),
            Progress.NONE.withWatermark(new Watermark(committedBefore, horizon, horizon)));
  }

  /** The operator's token. */
  public String operator() {
    return operator;
  }

  /** A GET with headers, each name followed by its value. */
  public Reply get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  /** A POST of JSON with headers, each name followed by its value. */
  public Reply post(String path, String json, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** The operator's, unless the headers have an Authorization. */
  public HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = requestOfNobody(path, headers);
    if (Arrays.stream(headers).noneMatch("Authorization"::equalsIgnoreCase)) {
      request.header("Authorization", "Bearer " + operator);
    }
    return request;
  }

  public HttpRequest.Builder requestOfNobody(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
            .timeout(Duration.ofMinutes(1));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request;
  }

  public Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Reply(response);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    application.close();
    owner.close();
    SERVERS.postgres().dropDatabase(database);
  }
}
