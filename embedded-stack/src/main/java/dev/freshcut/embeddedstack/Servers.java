package dev.freshcut.embeddedstack;

/**
 * PostgreSQL, Kafka, Redis and an inbox on 127.0.0.1, each started on the first use of its
 * accessor. All are stopped, and their data deleted, by {@link #close}, by the end of the JVM and
 * after a failed start. A JVM that is killed outright takes its servers with it within a few
 * seconds.
 *
 * <p>Safe for use by several threads.
 */
public interface Servers extends AutoCloseable {
  /**
   * PostgreSQL.
   *
   * @throws ServerStartException if it does not start; everything is closed then
   */
  PostgresServer postgres();

  /**
   * Kafka.
   *
   * @throws ServerStartException if it does not start; everything is closed then
   */
  KafkaServer kafka();

  /**
   * Redis.
   *
   * @throws ServerStartException if it does not start; everything is closed then
   */
  RedisServer redis();

  /**
   * A mail server and an SMS provider that show what they were given.
   *
   * @throws ServerStartException if it does not start; everything is closed then
   */
  InboxServer inbox();

  /**
   * Starts all that have not started yet, at the same time, and returns when all are up.
   *
   * @throws ServerStartException if one does not start; everything is closed then
   */
  Servers startAll();

  @Override
  void close();

  /** Servers as {@link ServersOptions#defaults()} has them. */
  static Servers create() {
    return create(ServersOptions.defaults());
  }

  /** Servers of one's own choice. Nothing starts yet. */
  static Servers create(ServersOptions options) {
    return LazyServers.of(
        options,
        switch (options.kind()) {
          case EMBEDDED -> new EmbeddedLauncher(options, FreePorts::choose);
          case CONTAINERS -> new ContainerLauncher(options);
        });
  }
}
