package dev.freshcut.cdcconnector;

import dev.freshcut.embeddedstack.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database as an application's migrations leave it for the connector: table {@code public.items}
 * (captured), table {@code public.foreign_items} (not captured), heartbeat table, publication, and
 * the role {@code freshcut_cdc} with nothing but the documented rights. Its sessions run in a zone
 * other than UTC, on purpose.
 */
final class TestDatabase {
  static final String ROLE = "freshcut_cdc";
  static final String PASSWORD = "cdc-test";

  private final PostgresServer server;
  private final String name;

  private TestDatabase(PostgresServer server, String name) {
    this.server = server;
    this.name = name;
  }

  static TestDatabase create(PostgresServer server, String name) {
    server.createDatabase(name);
    TestDatabase database = new TestDatabase(server, name);
    database.execute(
        "ALTER DATABASE " + name + " SET timezone = 'Asia/Kathmandu'",
        """
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'freshcut_cdc') THEN
            CREATE ROLE freshcut_cdc LOGIN REPLICATION PASSWORD 'cdc-test';
          END IF;
        END $$
        """,
        "CREATE TABLE items (id bigint PRIMARY KEY, name text, note text DEFAULT 'none')",
        "ALTER TABLE items REPLICA IDENTITY FULL",
        "CREATE TABLE foreign_items (id bigserial PRIMARY KEY, payload text)",
        """
        CREATE TABLE cdc_heartbeat (
          id int PRIMARY KEY, beat_at timestamptz, xid bigint, horizon bigint)
        """,
        "CREATE PUBLICATION freshcut FOR TABLE items, cdc_heartbeat",
        "GRANT SELECT ON items TO freshcut_cdc",
        "GRANT SELECT, INSERT, UPDATE ON cdc_heartbeat TO freshcut_cdc");
    return database;
  }

  void drop() {
    server.dropDatabase(name);
  }

  String jdbcUrl() {
    return server.jdbcUrl(name);
  }

  Connection connect() throws SQLException {
    return server.connect(name);
  }

  Connection connectForReplication() throws SQLException {
    return DriverManager.getConnection(
        jdbcUrl() + "?replication=database&preferQueryMode=simple&assumeMinServerVersion=16",
        ROLE,
        PASSWORD);
  }

  void execute(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a statement in a transaction of its own and returns the transaction's id. */
  long transaction(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(sql);
      try (ResultSet row = statement.executeQuery("SELECT pg_current_xact_id()::text::bigint")) {
        row.next();
        long xid = row.getLong(1);
        connection.commit();
        return xid;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** First column of the first row as text; "" if there is none. */
  String query(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? String.valueOf(row.getString(1)) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  long number(String sql) {
    return Long.parseLong(query(sql));
  }
}
