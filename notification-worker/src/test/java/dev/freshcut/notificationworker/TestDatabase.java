package dev.freshcut.notificationworker;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.freshcut.bookingschema.DatabaseBootstrap;
import dev.freshcut.embeddedstack.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The real schema, and the change records that a change connector would make of its changes. */
public final class TestDatabase {
  public static final String PASSWORD = "secret";

  private final String url;
  private final HikariDataSource owner;
  private final JdbcClient sql;
  private final LongSupplier aheadMillis;
  private final List<Captured> captured = new ArrayList<>();

  public TestDatabase(PostgresServer postgres, String name) {
    this(postgres, name, () -> 0);
  }

  /**
   * With another time for commits.
   *
   * @param aheadMillis of the true time
   */
  public TestDatabase(PostgresServer postgres, String name, LongSupplier aheadMillis) {
    this.aheadMillis = aheadMillis;
    this.url = postgres.jdbcUrl(name);
    try (Connection superuser = postgres.connect(name)) {
      DatabaseBootstrap.run(superuser, PASSWORD, PASSWORD, PASSWORD);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    this.owner = dataSource(DatabaseBootstrap.APP_ROLE);
    Flyway.configure().dataSource(owner).locations(DatabaseBootstrap.MIGRATIONS).load().migrate();
    this.sql = JdbcClient.create(owner);
  }

  private HikariDataSource dataSource(String role) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(role);
    config.setPassword(PASSWORD);
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }

  public String url() {
    return url;
  }

  /** To be called once the server was away. */
  public void reconnect() {
    owner.getHikariPoolMXBean().softEvictConnections();
  }

  /** As the worker sees it. */
  public DataSource worker() {
    return dataSource(DatabaseBootstrap.NOTIFY_ROLE);
  }

  /** A connection as its owner, for the caller to close. */
  public Connection connect() throws SQLException {
    return owner.getConnection();
  }

  /** As its owner. */
  public JdbcClient sql() {
    return sql;
  }

  /**
   * A change as it was committed.
   *
   * @param table with its schema
   * @param op Debezium's letter
   */
  public record Captured(
      String table,
      String op,
      long key,
      @Nullable String before,
      @Nullable String after,
      long xid,
      Instant at) {
    public String json() {
      String[] name = table.split("\\.", 2);
      return """
      {"before":%s,"after":%s,"source":{"version":"3.6.1.Final","connector":"postgresql",\
      "ts_ms":%d,"schema":"%s","table":"%s","txId":%d,"lsn":1},"op":"%s","ts_ms":%d}"""
          .formatted(
              before,
              after,
              at.toEpochMilli(),
              name[0],
              name[1],
              xid & 0xFFFF_FFFFL,
              op,
              at.toEpochMilli());
    }

    public Captured at(Instant other) {
      return new Captured(table, op, key, before, after, xid, other);
    }
  }

  /** All changes so far, in the order of their commits. */
  public List<Captured> captured() {
    return List.copyOf(captured);
  }

  public Captured last() {
    return captured.getLast();
  }

  public long location(String name, String zone) {
    return insert("locations", "id", "(name, time_zone) VALUES (?, ?)", name, zone);
  }

  public long barber(long location) {
    return insert("barbers", "id", "(location_id, name) VALUES (?, 'Ada')", location);
  }

  public long service(long location) {
    return insert(
        "services",
        "id",
        "(location_id, name, duration_minutes, price_minor, currency)"
            + " VALUES (?, 'Cut', 30, 3200, 'EUR')",
        location);
  }

  /** Lets a customer have SMS, since long ago. */
  public void consent(long location, long customer) {
    insert(
        "notification_preferences",
        "customer_id",
        "(customer_id, location_id, sms_consent_at, sms_consent_source)"
            + " VALUES (?, ?, now() - interval '1 year', 'account')",
        customer,
        location);
  }

  public long customer(long location, String name) {
    return sql.sql(
            "INSERT INTO customers (location_id, name, email, phone)"
                + " VALUES (?, ?, ?, '+4915112345678') RETURNING id")
        .params(location, name, name + "@example.org")
        .query(Long.class)
        .single();
  }

  public long appointment(
      long location, long barber, long service, long customer, Instant startsAt, String status) {
    return insert(
        "appointments",
        "id",
        "(location_id, barber_id, service_id, customer_id, starts_at, status)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        location,
        barber,
        service,
        customer,
        startsAt.atOffset(ZoneOffset.UTC),
        status);
  }

  public void move(long appointment, Instant startsAt) {
    update("appointments", "id", appointment, "starts_at = ?", startsAt.atOffset(ZoneOffset.UTC));
  }

  public void status(long appointment, String status) {
    update("appointments", "id", appointment, "status = ?", status);
  }

  /** Inserts a row and returns its key. */
  public long insert(String table, String key, String values, Object... params) {
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      long id;
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO " + table + " " + values + " RETURNING " + key)) {
        set(insert, params);
        id = number(insert);
      }
      commit(connection, table, "c", key, id, null);
      return id;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Updates a row. */
  public void update(String table, String key, long id, String assignments, Object... params) {
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      String before = image(connection, table, key, id);
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE " + table + " SET " + assignments + " WHERE " + key + " = " + id)) {
        set(update, params);
        update.execute();
      }
      commit(connection, table, "u", key, id, before);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deletes a row. */
  public void delete(String table, String key, long id) {
    try (Connection connection = owner.getConnection()) {
      connection.setAutoCommit(false);
      String before = image(connection, table, key, id);
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM " + table + " WHERE " + key + " = " + id)) {
        delete.execute();
      }
      commit(connection, table, "d", key, id, before);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void commit(
      Connection connection, String table, String op, String key, long id, @Nullable String before)
      throws SQLException {
    String after = op.equals("d") ? null : image(connection, table, key, id);
    long xid;
    try (PreparedStatement asked =
        connection.prepareStatement("SELECT pg_current_xact_id()::text::bigint")) {
      xid = number(asked);
    }
    connection.commit();
    Instant at =
        sql.sql("SELECT clock_timestamp()").query(OffsetDateTime.class).single().toInstant();
    captured.add(
        new Captured(
            "public." + table, op, id, before, after, xid, at.plusMillis(aheadMillis.getAsLong())));
  }

  private static long number(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static String image(Connection connection, String table, String key, long id)
      throws SQLException {
    try (PreparedStatement asked =
            connection.prepareStatement(
                "SELECT to_jsonb(t)::text FROM " + table + " t WHERE " + key + " = " + id);
        ResultSet row = asked.executeQuery()) {
      row.next();
      return Objects.requireNonNull(row.getString(1));
    }
  }

  private static void set(PreparedStatement statement, Object... params) throws SQLException {
    for (int i = 0; i < params.length; i++) {
      statement.setObject(i + 1, params[i]);
    }
  }
}
