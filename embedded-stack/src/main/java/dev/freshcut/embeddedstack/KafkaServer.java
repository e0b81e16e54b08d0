package dev.freshcut.embeddedstack;

/** A single KRaft broker that creates topics on first use. */
public interface KafkaServer extends AutoCloseable {
  /** {@code host:port}; stays the same over {@link #stop} and {@link #start}. */
  String bootstrapServers();

  /** Stops the broker; its log remains. Does nothing if it is stopped. */
  void stop();

  /**
   * Starts a stopped broker again. Does nothing if it is running.
   *
   * @throws ServerStartException if it does not start, such as when its port has been taken
   */
  void start();

  /** Stops the broker for good and deletes its log. */
  @Override
  void close();
}
