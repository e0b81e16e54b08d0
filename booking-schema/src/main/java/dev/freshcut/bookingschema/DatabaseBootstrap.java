package dev.freshcut.bookingschema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * Runs {@code freshcut/booking/bootstrap.sql}: what only a superuser can do, once per database and
 * before the first start. Running it again only sets the passwords again.
 */
public final class DatabaseBootstrap {
  /** The role that owns the database and its tables. */
  public static final String APP_ROLE = "freshcut";

  /** The role that reads the change stream. */
  public static final String CDC_ROLE = "freshcut_cdc";

  /** The role that reads what customers are told, and writes what became of it. */
  public static final String NOTIFY_ROLE = "freshcut_notify";

  /** Where Flyway finds the migrations; {@link #APP_ROLE} is to run them. */
  public static final String MIGRATIONS = "classpath:freshcut/booking/migration";

  private static final String SCRIPT = "/freshcut/booking/bootstrap.sql";

  private DatabaseBootstrap() {}

  /**
   * Makes the roles.
   *
   * @param superuser connected, as a superuser, to the database that is to hold the bookings
   * @param appPassword of {@link #APP_ROLE}, not empty
   * @param cdcPassword of {@link #CDC_ROLE}, not empty
   * @param notifyPassword of {@link #NOTIFY_ROLE}, not empty
   */
  public static void run(
      Connection superuser, String appPassword, String cdcPassword, String notifyPassword)
      throws SQLException {
    set(superuser, "freshcut.app_password", appPassword);
    set(superuser, "freshcut.cdc_password", cdcPassword);
    set(superuser, "freshcut.notify_password", notifyPassword);
    try (Statement statement = superuser.createStatement()) {
      statement.execute(script());
    }
  }

  private static void set(Connection connection, String setting, String value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT set_config(?, ?, false)")) {
      statement.setString(1, setting);
      statement.setString(2, value);
      statement.execute();
    }
  }

  private static String script() {
    try (InputStream in = DatabaseBootstrap.class.getResourceAsStream(SCRIPT)) {
      return new String(
          Objects.requireNonNull(in, SCRIPT + " is not on the class path").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
