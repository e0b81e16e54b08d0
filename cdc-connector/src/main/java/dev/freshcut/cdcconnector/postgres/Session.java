package dev.freshcut.cdcconnector.postgres;

import dev.freshcut.cdcconnector.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connector's own connection: it holds the lock that makes one instance the active one, and it
 * sees to the replication slot. When it breaks, the lock is free again.
 *
 * <p>For one thread, apart from {@link #slot} and {@link #close}.
 */
public final class Session implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Session.class);
  private static final int CREATE_SLOT_SECONDS = 45;
  private static final int SOCKET_TIMEOUT_SECONDS = 60;

  private final Connection connection;
  private final String slot;

  /**
   * Connects.
   *
   * @throws SQLException if the database cannot be reached or refuses the role
   */
  public Session(DatabaseSettings settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", settings.username());
    properties.setProperty("password", settings.password());
    properties.setProperty("ApplicationName", "freshcut-connector " + settings.slot());
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", "10");
    // With it, an interrupt ends the wait.
    properties.setProperty("loginTimeout", "15");
    properties.setProperty("socketTimeout", String.valueOf(SOCKET_TIMEOUT_SECONDS));
    this.connection = DriverManager.getConnection(settings.jdbcUrl(), properties);
    this.slot = settings.slot();
  }

  /**
   * Takes the lock of the slot's active instance, unless another instance has it.
   *
   * @throws SQLException if the query fails
   */
  public boolean tryLock() throws SQLException {
    return querySingle(
        "SELECT pg_try_advisory_lock(hashtextextended('freshcut.connector:' || ?, 0))",
        row -> row.getBoolean(1),
        slot);
  }

  /**
   * The slot; empty if it does not exist.
   *
   * @throws SQLException if the query fails
   */
  public Optional<SlotStatus> slot() throws SQLException {
    String sql =
        """
        SELECT coalesce(active_pid, 0),
               coalesce(confirmed_flush_lsn - '0/0'::pg_lsn, 0)::bigint,
               CASE WHEN restart_lsn IS NOT NULL THEN wal_status END,
               (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint
        FROM pg_replication_slots WHERE slot_name = ?
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, slot);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new SlotStatus(row.getInt(1), row.getLong(2), row.getString(3), row.getLong(4)))
            : Optional.empty();
      }
    }
  }

  /**
   * Creates the slot; waits for transactions that are running.
   *
   * @throws SQLException if it cannot be created, such as when transactions run for too long
   */
  public void createSlot() throws SQLException {
    log.info("Creating replication slot {}; this waits for running transactions to end", slot);
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_create_logical_replication_slot(?, 'pgoutput')")) {
      statement.setQueryTimeout(CREATE_SLOT_SECONDS);
      statement.setString(1, slot);
      statement.execute();
    }
  }

  /**
   * Drops the slot.
   *
   * @throws SQLException if it does not exist or is active
   */
  public void dropSlot() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_drop_replication_slot(?)")) {
      statement.setString(1, slot);
      statement.execute();
    }
  }

  /**
   * One past the highest transaction id that has ended: {@code
   * pg_snapshot_xmax(pg_current_snapshot())}.
   *
   * @throws SQLException if the query fails
   */
  public long endedXids() throws SQLException {
    return querySingle(
        "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint", row -> row.getLong(1));
  }

  /** Reads a row. */
  @FunctionalInterface
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> T querySingle(String sql, Row<T> reader, String... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("no row: " + sql);
        }
        return reader.read(row);
      }
    }
  }

  /** Frees the lock; any thread may call it, and a query under way fails. */
  @Override
  public void close() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      log.debug("Closing the session failed", e);
    }
  }
}
