package dev.freshcut.bookingapi.customer;

import dev.freshcut.bookingapi.security.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code customers}.
 *
 * @param userId who she is, if she is a user
 */
record CustomerRow(
    long id,
    long locationId,
    @Nullable Long userId,
    String name,
    String email,
    @Nullable String phone,
    boolean anonymised,
    Instant createdAt,
    long version) {

  static CustomerRow map(ResultSet row, int n) throws SQLException {
    return new CustomerRow(
        row.getLong("id"),
        row.getLong("location_id"),
        row.getObject("user_id", Long.class),
        row.getString("name"),
        row.getString("email"),
        row.getString("phone"),
        row.getObject("anonymised_at") != null,
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }

  /** Whether the caller may see it: staff of the location, and a client herself. */
  boolean isFor(Caller.User caller) {
    return caller.mayHandle(userId, locationId);
  }

  CustomerView view() {
    return new CustomerView(
        id, locationId, name, email, phone, userId != null, anonymised, createdAt, version);
  }
}
