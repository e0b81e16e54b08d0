package dev.freshcut.quickstart;

import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.RedisCoherence;
import dev.freshcut.embeddedstack.InboxServer;
import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.embeddedstack.ServersOptions;
import dev.freshcut.quickstart.demo.DemoData;
import dev.freshcut.quickstart.demo.DemoUser;
import dev.freshcut.quickstart.demo.Tour;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Everything that runs.
 *
 * @param applications starts further ones over the same servers
 * @param users who can log in to the API
 * @param tour rows to try things with
 */
record Platform(
    Servers servers,
    Database database,
    Applications applications,
    ConfigurableApplicationContext api,
    ConfigurableApplicationContext connector,
    ConfigurableApplicationContext worker,
    ConfigurableApplicationContext notifications,
    List<DemoUser> users,
    Tour tour) {
  private static final Logger log = LoggerFactory.getLogger(Platform.class);

  /**
   * Starts everything, and returns when changes flow from the database to the cache and to whom
   * they are to be told.
   *
   * @param teardown gets each part once it has started
   * @throws StartFailure naming the step that failed
   */
  static Platform start(Options options, Steps steps, Teardown teardown, Clock clock) {
    Servers servers =
        teardown.add(
            "servers",
            Servers.create(
                ServersOptions.defaults()
                    .withPorts(ServersOptions.Ports.USUAL)
                    // The teardown stops them, after the applications that use them.
                    .withStopOnExit(false)));
    startAll(servers, steps);
    Database database =
        steps.run(
            "Database and roles",
            () -> Database.create(servers.postgres(), "freshcut"),
            Database::url);
    Applications applications = new Applications(servers, database);
    ConfigurableApplicationContext api =
        steps.run(
            "booking-api",
            () -> teardown.add("booking-api", applications.api(options.port())),
            Applications::url);
    ConfigurableApplicationContext connector =
        steps.run(
            "cdc-connector",
            () -> teardown.add("cdc-connector", applications.connector()),
            Applications::url);
    ConfigurableApplicationContext worker =
        steps.run(
            "invalidation-worker",
            () -> teardown.add("invalidation-worker", applications.worker()),
            Applications::url);
    ChangeStream stream =
        new ChangeStream(
            api.getBean(RedisCoherence.class).watermarks(),
            api.getBean(CoherentCache.class),
            clock);
    steps.run("Change stream", stream::awaitFirstEviction, it -> "");
    // As the first changes through the stream: whoever tries one finds its way warm.
    DemoData.Loaded demo =
        steps.run("Demo data", () -> loadDemo(database, stream, clock), DemoData.Loaded::summary);
    ConfigurableApplicationContext notifications =
        steps.run(
            "notification-worker",
            () -> {
              News.beginNow(servers.kafka().bootstrapServers());
              return Health.await(
                  "notification-worker",
                  teardown.add("notification-worker", applications.notifications()));
            },
            Applications::url);
    return new Platform(
        servers,
        database,
        applications,
        api,
        connector,
        worker,
        notifications,
        demo.users(),
        demo.tour());
  }

  /** All at the same time; what a line shows is the time that was waited for that server. */
  private static void startAll(Servers servers, Steps steps) {
    Thread.ofPlatform()
        .daemon()
        .name("start servers")
        .uncaughtExceptionHandler(
            (thread, e) -> log.debug("Told by the step that waits for the server", e))
        .start(servers::startAll);
    steps.run("PostgreSQL 16", servers::postgres, it -> it.host() + ":" + it.port());
    steps.run("Redis", servers::redis, it -> it.host() + ":" + it.port());
    steps.run("Kafka", servers::kafka, it -> it.bootstrapServers());
    steps.run("Inbox", servers::inbox, InboxServer::url);
  }

  private static DemoData.Loaded loadDemo(Database database, ChangeStream stream, Clock clock)
      throws SQLException, InterruptedException {
    DemoData.Loaded loaded;
    try (Connection connection = database.connect()) {
      loaded = new DemoData(clock).load(connection);
    }
    stream.awaitNow();
    return loaded;
  }

  /** Where everything listens. */
  Addresses addresses() {
    return new Addresses(
        Applications.url(api),
        database.url() + "?user=" + database.appUser() + "&password=" + database.appPassword(),
        servers.postgres().host() + ":" + servers.postgres().port(),
        servers.redis().host() + ":" + servers.redis().port(),
        servers.kafka().bootstrapServers(),
        Applications.url(connector),
        Applications.url(worker),
        Applications.url(notifications),
        servers.inbox().url(),
        servers.inbox().host() + ":" + servers.inbox().smtpPort(),
        Stream.concat(
                Stream.of(
                    new Addresses.User("postgres", database.appUser(), database.appPassword()),
                    new Addresses.User("postgres", database.cdcUser(), database.cdcPassword()),
                    new Addresses.User(
                        "postgres", database.notifyUser(), database.notifyPassword())),
                users.stream()
                    .map(
                        user ->
                            new Addresses.User("api", user.email(), user.password(), user.role())))
            .toList());
  }
}
