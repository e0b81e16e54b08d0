package dev.freshcut.benchmarks.pipeline;

import dev.freshcut.embeddedstack.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A database with one table of items, ready to be captured. */
final class ItemsDatabase {
  static final String PUBLICATION = "freshcut";
  static final String CDC_USER = "freshcut_cdc";
  static final String CDC_PASSWORD = "benchmark";

  private static final int SHELVES = 100;
  private static final int WRITERS = 4;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final PostgresServer server;
  private final String name;

  private ItemsDatabase(PostgresServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /** Creates a database of its own, with so many items, ids from 0. */
  static ItemsDatabase create(PostgresServer server, int items) throws SQLException, IOException {
    ItemsDatabase database = new ItemsDatabase(server, "benchmark_" + NUMBER.incrementAndGet());
    server.createDatabase(database.name);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        InputStream schema =
            Objects.requireNonNull(
                ItemsDatabase.class.getResourceAsStream("/dev/freshcut/benchmarks/schema.sql"))) {
      statement.execute(
          """
          DO $$ BEGIN
            CREATE ROLE %1$s LOGIN REPLICATION PASSWORD '%2$s';
          EXCEPTION WHEN duplicate_object THEN NULL;
          END $$
          """
              .formatted(CDC_USER, CDC_PASSWORD));
      statement.execute(new String(schema.readAllBytes(), StandardCharsets.UTF_8));
      statement.execute(
          "INSERT INTO items SELECT i, i %% %d, 0, 'item ' || i FROM generate_series(0, %d) i"
              .formatted(SHELVES, items - 1));
      statement.execute("VACUUM ANALYZE items");
    }
    return database;
  }

  static int shelf(long item) {
    return (int) (item % SHELVES);
  }

  static int shelves() {
    return SHELVES;
  }

  String host() {
    return server.host();
  }

  int port() {
    return server.port();
  }

  String name() {
    return name;
  }

  String jdbcUrl() {
    return server.jdbcUrl(name);
  }

  /** A connection of the superuser, which commits each statement. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), server.user(), server.password());
  }

  /** A statement whose one parameter is the item that it changes. */
  static PreparedStatement change(Connection connection) throws SQLException {
    return connection.prepareStatement("UPDATE items SET price = price + 1 WHERE id = ?");
  }

  /** {@code pg_snapshot_xmin} of now: contained in it is everything committed so far. */
  long floor() throws SQLException {
    return number("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
  }

  /** Whether somebody reads from a replication slot. */
  boolean slotIsActive(String slot) throws SQLException {
    return number(
            "SELECT count(*) FROM pg_replication_slots WHERE active AND slot_name = '%s'"
                .formatted(slot))
        > 0;
  }

  /** Changes the items from 0 on, each once, in transactions of {@code size} items. */
  void changeAll(int items, int size) throws Exception {
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> parts = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        int first = writer * size;
        parts.add(writers.submit(() -> changeEvery(first, items, size)));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    }
  }

  private Object changeEvery(int first, int items, int size) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement change =
            connection.prepareStatement(
                "UPDATE items SET price = price + 1 WHERE id >= ? AND id < ?")) {
      for (int from = first; from < items; from += WRITERS * size) {
        change.setLong(1, from);
        change.setLong(2, Math.min(items, from + size));
        change.executeUpdate();
      }
      return first;
    }
  }

  /** Clears away what {@link #changeAll} has left behind. */
  void vacuum() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("VACUUM items");
    }
  }

  private long number(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  String serverVersion() throws SQLException {
    try (Connection connection = connect()) {
      return connection.getMetaData().getDatabaseProductVersion();
    }
  }
}
