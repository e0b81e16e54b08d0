package dev.freshcut.quickstart;

import dev.freshcut.bookingapi.BookingApiApplication;
import dev.freshcut.cdcconnector.CdcConnectorApplication;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.embeddedstack.InboxServer;
import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.invalidationworker.InvalidationWorkerApplication;
import dev.freshcut.notificationworker.NotificationWorkerApplication;
import dev.freshcut.sharedevents.NotificationTables;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Starts the applications in this JVM, over given servers. */
final class Applications {
  /** Where they listen: everybody knows the passwords, so nobody else is let in. */
  static final String HOST = "127.0.0.1";

  private final Servers servers;
  private final Database database;

  /** Of all instances of the API, and new with each quickstart. */
  private final String secret = secret();

  Applications(Servers servers, Database database) {
    this.servers = servers;
    this.database = database;
  }

  /**
   * Starts the API, which migrates the database.
   *
   * @param port 0 for any
   */
  ConfigurableApplicationContext api(int port) {
    Map<String, Object> settings = common();
    settings.put("server.port", port);
    settings.put("spring.datasource.url", database.url());
    settings.put("spring.datasource.username", database.appUser());
    settings.put("spring.datasource.password", database.appPassword());
    settings.put("freshcut.redis.address", servers.redis().url());
    // Whoever tries it out, and the end-to-end tests, may do so as often as they like.
    settings.put("freshcut.rate-limit.enabled", false);
    settings.put("freshcut.security.secret", secret);
    settings.put("freshcut.webhooks.keys", secret);
    settings.put("freshcut.webhooks.allow-local", true);
    return BookingApiApplication.start(settings);
  }

  /**
   * Starts the change connector for the tables that the cache's rules and the notifications need.
   */
  ConfigurableApplicationContext connector() {
    CacheModel model = CacheModel.loadResource("freshcut/cache-model.yml");
    Set<String> tables = new TreeSet<>(model.tables().keySet());
    tables.addAll(NotificationTables.ALL);
    Map<String, Object> settings = withoutDatabase();
    settings.put("freshcut.connector.tables", String.join(",", tables));
    settings.put("freshcut.connector.database.jdbc-url", database.url());
    settings.put("freshcut.connector.database.username", database.cdcUser());
    settings.put("freshcut.connector.database.password", database.cdcPassword());
    settings.put("freshcut.connector.kafka.bootstrap-servers", servers.kafka().bootstrapServers());
    return CdcConnectorApplication.start(settings);
  }

  /** Starts the invalidation worker. */
  ConfigurableApplicationContext worker() {
    Map<String, Object> settings = withoutDatabase();
    settings.put("freshcut.worker.kafka.bootstrap-servers", servers.kafka().bootstrapServers());
    settings.put("freshcut.redis.address", servers.redis().url());
    return InvalidationWorkerApplication.start(settings);
  }

  /** Starts the notification worker; what it sends goes to the inbox. */
  ConfigurableApplicationContext notifications() {
    InboxServer inbox = servers.inbox();
    Map<String, Object> settings = apart(FlywayAutoConfiguration.class);
    settings.put("spring.datasource.url", database.url());
    settings.put("spring.datasource.username", database.notifyUser());
    settings.put("spring.datasource.password", database.notifyPassword());
    settings.put("freshcut.redis.address", servers.redis().url());
    settings.put(
        "freshcut.notifications.kafka.bootstrap-servers", servers.kafka().bootstrapServers());
    settings.put("freshcut.notifications.kafka.group-id", News.GROUP);
    settings.put("freshcut.notifications.email.host", inbox.host());
    settings.put("freshcut.notifications.email.port", inbox.smtpPort());
    settings.put("freshcut.notifications.email.security", "none");
    settings.put("freshcut.notifications.email.from", "bookings@freshcut.example");
    settings.put("freshcut.notifications.sms.url", inbox.url());
    settings.put("freshcut.notifications.sms.account", inbox.smsAccount());
    settings.put("freshcut.notifications.sms.token", inbox.smsToken());
    settings.put("freshcut.notifications.sms.from", "Freshcut");
    settings.put("freshcut.notifications.webhooks.keys", secret);
    settings.put("freshcut.notifications.webhooks.allow-local", true);
    return NotificationWorkerApplication.start(settings);
  }

  /** Base URL of a started application. */
  static String url(ConfigurableApplicationContext application) {
    Environment environment = application.getEnvironment();
    return "http://" + HOST + ":" + environment.getRequiredProperty("local.server.port");
  }

  private static String secret() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static Map<String, Object> common() {
    Map<String, Object> settings = new HashMap<>();
    settings.put("server.address", HOST);
    settings.put("spring.lifecycle.timeout-per-shutdown-phase", "3s");
    return settings;
  }

  /** For applications that would otherwise configure the API's libraries, which they find here. */
  private static Map<String, Object> withoutDatabase() {
    return apart(DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class);
  }

  private static Map<String, Object> apart(Class<?>... unused) {
    Map<String, Object> settings = common();
    settings.put("server.port", 0);
    settings.put("springdoc.api-docs.enabled", false);
    settings.put(
        "spring.autoconfigure.exclude",
        Stream.concat(
                Stream.of(unused),
                Stream.of(
                    ServletWebSecurityAutoConfiguration.class,
                    ManagementWebSecurityAutoConfiguration.class))
            .map(Class::getName)
            .collect(Collectors.joining(",")));
    return settings;
  }
}
