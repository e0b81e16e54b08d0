package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.security.Account;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Word;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A user with her identity: the rows of {@code users} and {@code user_identities} without the
 * password's hash. What is cached of a user.
 */
record UserRow(
    long id,
    Role role,
    @Nullable Long locationId,
    @Nullable Long barberId,
    @Nullable String timeZone,
    @Nullable String language,
    boolean active,
    long credentialsVersion,
    long version,
    String name,
    String email,
    @Nullable String phone) {

  /** What {@link #map} needs of {@code users u JOIN user_identities i}. */
  static final String COLUMNS =
      """
      u.id, u.role, u.location_id, u.barber_id, u.time_zone, u.language, u.active,
      u.credentials_version, u.version, i.name, i.email, i.phone
      """;

  static UserRow map(ResultSet row, int n) throws SQLException {
    return new UserRow(
        row.getLong("id"),
        Word.of(Role.class, row.getString("role")),
        row.getObject("location_id", Long.class),
        row.getObject("barber_id", Long.class),
        row.getString("time_zone"),
        row.getString("language"),
        row.getBoolean("active"),
        row.getLong("credentials_version"),
        row.getLong("version"),
        row.getString("name"),
        row.getString("email"),
        row.getString("phone"));
  }

  Account account() {
    return new Account(new Caller.User(id, role, locationId, barberId), active, credentialsVersion);
  }

  UserView view() {
    return new UserView(
        id, role, name, email, phone, locationId, barberId, timeZone, language, active, version);
  }
}
