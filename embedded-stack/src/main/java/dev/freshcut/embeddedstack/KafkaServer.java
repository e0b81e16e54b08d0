package dev.freshcut.embeddedstack;

/** A single KRaft broker. */
public interface KafkaServer extends AutoCloseable {
  /** {@code host:port}. */
  String bootstrapServers();

  @Override
  void close();
}
