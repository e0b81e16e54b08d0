package dev.freshcut.benchmarks.pipeline;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationStream;
import org.redisson.api.RedissonClient;

/**
 * The shortest way: pgjdbc's replication stream in one thread, which picks the key out of each
 * update's pgoutput message and sends one UNLINK, not waiting for its answer. It has no rules, no
 * protection against stale fills, and loses its place when it stops.
 */
final class PlainStream implements Subject {
  private static final String SLOT = "plain_stream";
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Connection connection;
  private final PGReplicationStream stream;
  private final RedissonClient redisson;
  private final String keyPrefix;
  private int itemsRelation = -1;
  private final Reading reading;
  private volatile boolean closing;

  /** How the stream is read. */
  enum Reading {
    /** Waits in the driver for the next message: the quickest that the driver offers. */
    BLOCKING,
    /** Asks, and sleeps 10 ms when there is nothing: the example in the driver's manual. */
    POLLING
  }

  PlainStream(ItemsDatabase database, RedissonClient redisson, String keyPrefix, Reading reading)
      throws SQLException {
    this.redisson = redisson;
    this.keyPrefix = keyPrefix;
    this.reading = reading;
    Properties properties = new Properties();
    PGProperty.USER.set(properties, ItemsDatabase.CDC_USER);
    PGProperty.PASSWORD.set(properties, ItemsDatabase.CDC_PASSWORD);
    PGProperty.REPLICATION.set(properties, "database");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "16");
    PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
    this.connection = DriverManager.getConnection(database.jdbcUrl(), properties);
    var replication = connection.unwrap(PGConnection.class).getReplicationAPI();
    replication
        .createReplicationSlot()
        .logical()
        .withSlotName(SLOT)
        .withOutputPlugin("pgoutput")
        .withTemporaryOption()
        .make();
    this.stream =
        replication
            .replicationStream()
            .logical()
            .withSlotName(SLOT)
            .withSlotOption("proto_version", 1)
            .withSlotOption("publication_names", ItemsDatabase.PUBLICATION)
            .withStatusInterval(1, TimeUnit.SECONDS)
            .start();
    Thread.ofPlatform().daemon().name("plain-stream").start(this::listen);
  }

  private void listen() {
    try {
      while (true) {
        apply(next());
        stream.setAppliedLSN(stream.getLastReceiveLSN());
        stream.setFlushedLSN(stream.getLastReceiveLSN());
      }
    } catch (SQLException e) {
      if (!closing) {
        throw new IllegalStateException("the plain stream broke", e);
      }
    }
  }

  private ByteBuffer next() throws SQLException {
    if (reading == Reading.BLOCKING) {
      return stream.read();
    }
    ByteBuffer message = stream.readPending();
    while (message == null) {
      LockSupport.parkNanos(POLL_NANOS);
      message = stream.readPending();
    }
    return message;
  }

  /** See "Logical Replication Message Formats" in the Postgres manual. */
  private void apply(ByteBuffer message) {
    switch (message.get()) {
      case 'R' -> {
        int relation = message.getInt();
        text(message);
        if (text(message).equals("items")) {
          itemsRelation = relation;
        }
      }
      case 'U' -> {
        if (message.getInt() == itemsRelation) {
          message.get(); // 'O': the old row
          message.getShort(); // number of columns
          String id = column(message);
          String shelf = column(message);
          var unused = redisson.getKeys().unlinkAsync(keyPrefix + "{" + shelf + "}:" + id);
        }
      }
      default -> {}
    }
  }

  private static String column(ByteBuffer message) {
    message.get(); // 't': the value as text
    byte[] bytes = new byte[message.getInt()];
    message.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String text(ByteBuffer message) {
    StringBuilder text = new StringBuilder();
    for (byte b = message.get(); b != 0; b = message.get()) {
      text.append((char) b);
    }
    return text.toString();
  }

  @Override
  public void close() throws SQLException {
    closing = true;
    connection.close(); // which ends the thread
  }
}
