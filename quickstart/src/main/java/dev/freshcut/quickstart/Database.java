package dev.freshcut.quickstart;

import dev.freshcut.bookingschema.DatabaseBootstrap;
import dev.freshcut.embeddedstack.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * The bookings' database and who may log in to it.
 *
 * @param url JDBC URL without credentials
 */
record Database(
    String url,
    String appUser,
    String appPassword,
    String cdcUser,
    String cdcPassword,
    String notifyUser,
    String notifyPassword) {
  /** Creates the database and its three roles; the application's migrations do the rest. */
  static Database create(PostgresServer postgres, String name) throws SQLException {
    postgres.createDatabase(name);
    Database database =
        new Database(
            postgres.jdbcUrl(name),
            DatabaseBootstrap.APP_ROLE,
            "freshcut",
            DatabaseBootstrap.CDC_ROLE,
            "freshcut_cdc",
            DatabaseBootstrap.NOTIFY_ROLE,
            "freshcut_notify");
    try (Connection superuser = postgres.connect(name)) {
      DatabaseBootstrap.run(
          superuser, database.appPassword(), database.cdcPassword(), database.notifyPassword());
    }
    return database;
  }

  /** A new connection as the application's role; the caller closes it. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url, appUser, appPassword);
  }
}
