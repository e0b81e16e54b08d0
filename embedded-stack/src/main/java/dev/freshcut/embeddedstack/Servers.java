package dev.freshcut.embeddedstack;

/**
 * The servers that Freshcut runs on, started on first use of each accessor and all stopped by
 * {@link #close}, by the end of the JVM and after a failed start.
 */
public interface Servers extends AutoCloseable {
  /** PostgreSQL. */
  PostgresServer postgres();

  /** Kafka. */
  KafkaServer kafka();

  /** Redis. */
  RedisServer redis();

  @Override
  void close();

  /**
   * Servers of the kind that the system property {@code freshcut.stack} names: {@code embedded}
   * (the default) or {@code containers}.
   *
   * @throws IllegalArgumentException if the property has another value
   */
  @SuppressWarnings("DoNotCallSuggester")
  static Servers create() {
    throw new UnsupportedOperationException("not yet");
  }
}
