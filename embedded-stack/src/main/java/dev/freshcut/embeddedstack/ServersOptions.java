package dev.freshcut.embeddedstack;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How to run the servers. Start from {@link #defaults()} and change what matters.
 *
 * @param kind child processes or containers
 * @param ports the ports to take when they are free
 * @param postgresSettings server settings over the defaults, such as {@code max_connections}
 * @param kafkaSettings broker settings over the defaults, such as {@code num.partitions}
 * @param redisSettings server settings over the defaults, such as {@code maxmemory}
 * @param stopOnExit whether a JVM shutdown hook closes the servers. Switch it off where the
 *     application orders its own shutdown (clients first); a server that is left over when the JVM
 *     is gone is killed all the same
 * @param progress is told in one line when a server starts and when it is up, from the thread that
 *     starts it
 */
public record ServersOptions(
    Kind kind,
    Ports ports,
    Map<String, String> postgresSettings,
    Map<String, String> kafkaSettings,
    Map<String, String> redisSettings,
    boolean stopOnExit,
    Consumer<String> progress) {

  /** The system property that chooses the {@link Kind}. */
  public static final String STACK_PROPERTY = "freshcut.stack";

  private static final Logger log = LoggerFactory.getLogger(Servers.class);

  /** Where the servers run. */
  public enum Kind {
    /** PostgreSQL and Redis as child processes, Kafka in this JVM. */
    EMBEDDED,
    /** In Docker containers, through Testcontainers. */
    CONTAINERS
  }

  /**
   * Preferred ports on 127.0.0.1. One that is taken is replaced by a free one.
   *
   * @param postgres for PostgreSQL; 0 for any
   * @param kafka for Kafka; 0 for any
   * @param redis for Redis; 0 for any
   * @param smtp for the inbox's mails; 0 for any
   * @param inbox for the inbox's page and SMS; 0 for any
   */
  public record Ports(int postgres, int kafka, int redis, int smtp, int inbox) {
    /** Any free ports. */
    public static final Ports ANY = new Ports(0, 0, 0);

    /**
     * The ports that clients try by default, 5432, 9092 and 6379, and those of mail catchers, 1025
     * and 8025.
     */
    public static final Ports USUAL = new Ports(5432, 9092, 6379, 1025, 8025);

    /** Any free ones for the inbox. */
    public Ports(int postgres, int kafka, int redis) {
      this(postgres, kafka, redis, 0, 0);
    }

    /** Checks the range. */
    public Ports {
      for (int port : new int[] {postgres, kafka, redis, smtp, inbox}) {
        if (port < 0 || port > 65_535) {
          throw new IllegalArgumentException("no port: " + port + "; use 0 to 65535");
        }
      }
    }
  }

  /** Copies the maps. */
  public ServersOptions {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(ports);
    Objects.requireNonNull(progress);
    postgresSettings = Map.copyOf(postgresSettings);
    kafkaSettings = Map.copyOf(kafkaSettings);
    redisSettings = Map.copyOf(redisSettings);
  }

  /**
   * Any free ports, the servers' own settings, stopped on exit, progress to the log; the kind that
   * the system property {@value #STACK_PROPERTY} names, {@code embedded} if it is unset.
   *
   * @throws IllegalArgumentException if the property has a value other than {@code embedded} and
   *     {@code containers}
   */
  public static ServersOptions defaults() {
    return new ServersOptions(
        kindFromProperty(), Ports.ANY, Map.of(), Map.of(), Map.of(), true, log::info);
  }

  private static Kind kindFromProperty() {
    String value = System.getProperty(STACK_PROPERTY, "embedded");
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "embedded" -> Kind.EMBEDDED;
      case "containers" -> Kind.CONTAINERS;
      default ->
          throw new IllegalArgumentException(
              "%s is '%s'; use embedded or containers".formatted(STACK_PROPERTY, value));
    };
  }

  /** The same with another kind. */
  public ServersOptions withKind(Kind other) {
    return new ServersOptions(
        other, ports, postgresSettings, kafkaSettings, redisSettings, stopOnExit, progress);
  }

  /** The same with other preferred ports. */
  public ServersOptions withPorts(Ports other) {
    return new ServersOptions(
        kind, other, postgresSettings, kafkaSettings, redisSettings, stopOnExit, progress);
  }

  /** The same with one PostgreSQL setting more, as in postgresql.conf. */
  public ServersOptions withPostgresSetting(String name, String value) {
    return new ServersOptions(
        kind,
        ports,
        plus(postgresSettings, name, value),
        kafkaSettings,
        redisSettings,
        stopOnExit,
        progress);
  }

  /** The same with one broker setting more, as in server.properties. */
  public ServersOptions withKafkaSetting(String name, String value) {
    return new ServersOptions(
        kind,
        ports,
        postgresSettings,
        plus(kafkaSettings, name, value),
        redisSettings,
        stopOnExit,
        progress);
  }

  /** The same with one Redis setting more, as in redis.conf. */
  public ServersOptions withRedisSetting(String name, String value) {
    return new ServersOptions(
        kind,
        ports,
        postgresSettings,
        kafkaSettings,
        plus(redisSettings, name, value),
        stopOnExit,
        progress);
  }

  /** The same with or without the shutdown hook. */
  public ServersOptions withStopOnExit(boolean stop) {
    return new ServersOptions(
        kind, ports, postgresSettings, kafkaSettings, redisSettings, stop, progress);
  }

  /** The same with another listener for progress. */
  public ServersOptions withProgress(Consumer<String> other) {
    return new ServersOptions(
        kind, ports, postgresSettings, kafkaSettings, redisSettings, stopOnExit, other);
  }

  private static Map<String, String> plus(Map<String, String> map, String name, String value) {
    Map<String, String> copy = new HashMap<>(map);
    copy.put(name, value);
    return copy;
  }
}
