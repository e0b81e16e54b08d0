package dev.freshcut.embeddedstack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** A running PostgreSQL 16 with logical WAL. */
public interface PostgresServer extends AutoCloseable {
  /** Host name or address. */
  String host();

  /** TCP port; stays the same over {@link #stop} and {@link #start}. */
  int port();

  /** The superuser's name. */
  String user();

  /** The superuser's password. */
  String password();

  /** JDBC URL of a database, without credentials; it need not exist. */
  default String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host() + ":" + port() + "/" + database;
  }

  /** A new connection as superuser; the caller closes it. */
  default Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), user(), password());
  }

  /**
   * Creates an empty database.
   *
   * @throws IllegalStateException if there is one of that name, or the server is stopped
   */
  default void createDatabase(String name) {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + statement.enquoteIdentifier(name, true));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create the database " + name, e);
    }
  }

  /** Drops a database, if it exists, with its connections and its replication slots. */
  default void dropDatabase(String name) {
    try (Connection connection = connect("postgres");
        PreparedStatement endReplication =
            connection.prepareStatement(
                "select pg_terminate_backend(active_pid, 10000) from pg_replication_slots"
                    + " where database = ? and active");
        Statement statement = connection.createStatement()) {
      // PostgreSQL drops idle slots with their database by itself, but refuses for active ones.
      endReplication.setString(1, name);
      endReplication.execute();
      statement.execute(
          "drop database if exists " + statement.enquoteIdentifier(name, true) + " with (force)");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot drop the database " + name, e);
    }
  }

  /** Ends the server at once, as a crash would; what was committed remains. */
  void stop();

  /**
   * Starts a stopped server again, with crash recovery. Does nothing if it is running.
   *
   * @throws ServerStartException if it does not start, such as when its port has been taken
   */
  void start();

  /** Stops the server for good and deletes its data. */
  @Override
  void close();
}
