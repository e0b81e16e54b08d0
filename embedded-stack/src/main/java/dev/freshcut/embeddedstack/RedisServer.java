package dev.freshcut.embeddedstack;

/** A redis-server with {@code maxmemory-policy volatile-lru}. */
public interface RedisServer extends AutoCloseable {
  /** Host name or address. */
  String host();

  /** TCP port; stays the same over {@link #stop} and {@link #start}. */
  int port();

  /** {@code redis://host:port}. */
  default String url() {
    return "redis://" + host() + ":" + port();
  }

  /** Kills the server without letting it save; what it last saved remains. */
  void stop();

  /** Starts a stopped server again, from what it last saved. */
  void start();

  @Override
  void close();
}
