package dev.freshcut.embeddedstack;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A redis-server with {@code maxmemory-policy volatile-lru}, which saves only when told to. */
public interface RedisServer extends AutoCloseable {
  /** Host name or address. */
  String host();

  /** TCP port; stays the same over {@link #stop} and {@link #start}. */
  int port();

  /** {@code redis://host:port}. */
  default String url() {
    return "redis://" + host() + ":" + port();
  }

  /** Removes every key of every database. */
  default void flush() {
    command("FLUSHALL");
  }

  /** Writes the whole data set to disk, where the next {@link #start} finds it. */
  default void save() {
    command("SAVE");
  }

  /**
   * Sends one command, its parts separated by blanks, and returns its simple or bulk reply.
   *
   * @throws UncheckedIOException if the server does not answer, or answers with an error
   */
  default String command(String command) {
    try {
      return RedisCommands.call(host(), port(), command);
    } catch (IOException e) {
      throw new UncheckedIOException("Redis on " + url() + " did not do " + command, e);
    }
  }

  /** Kills the server without letting it save; what it last saved remains. */
  void stop();

  /**
   * Starts a stopped server again, from what it last saved. Does nothing if it is running.
   *
   * @throws ServerStartException if it does not start, such as when its port has been taken
   */
  void start();

  /** Stops the server for good and deletes its data. */
  @Override
  void close();
}
