package dev.freshcut.notificationworker.state;

import dev.freshcut.notificationworker.sending.Appointment;
import dev.freshcut.notificationworker.sending.Location;
import dev.freshcut.notificationworker.sending.Recipient;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what a message is made of, when it is sent. */
public final class DetailsReader {
  private static final String COLUMNS =
      """
      SELECT a.id, a.version, a.barber_id, a.service_id, a.status, a.starts_at, a.ends_at, a.price_minor, a.currency,
        a.hold_expires_at, s.name AS service, b.name AS barber,
        l.id AS location_id, l.name AS location, l.time_zone AS location_zone, n.reply_to,
        r.name AS customer, r.email, r.phone, r.language,\
      """
          + " "
          + StateReader.AUDIENCE;
  private static final String JOINS =
      """
        JOIN services s ON s.id = a.service_id
        JOIN barbers b ON b.id = a.barber_id
        JOIN locations l ON l.id = a.location_id
        JOIN notification_rules n ON n.location_id = a.location_id
        LEFT JOIN notification_preferences p ON p.customer_id = r.customer_id
      """;

  private final JdbcClient jdbc;

  public DetailsReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Of an appointment; empty if it is gone, or its customer was anonymised. */
  public Optional<Details> appointment(long id) {
    return jdbc.sql(
            COLUMNS
                + """
                , NULL AS wish
                  FROM appointments a
                  JOIN notification_recipients r ON r.customer_id = a.customer_id
                """
                + JOINS
                + " WHERE a.id = ?")
        .param(id)
        .query(DetailsReader::details)
        .optional();
  }

  /** Of a wish, and what is offered for it; empty if nothing is, or its customer was anonymised. */
  public Optional<Details> wish(long id) {
    return jdbc.sql(
            COLUMNS
                + """
                , w.state AS wish
                  FROM waiting_list w
                  JOIN appointments a ON a.id = w.appointment_id
                  JOIN notification_recipients r ON r.customer_id = w.customer_id
                """
                + JOINS
                + " WHERE w.id = ?")
        .param(id)
        .query(DetailsReader::details)
        .optional();
  }

  private static Details details(ResultSet row, int number) throws SQLException {
    Audience audience = Objects.requireNonNull(StateReader.audience(row));
    return new Details(
        new Appointment(
            row.getLong("id"),
            row.getLong("version"),
            Objects.requireNonNull(instant(row, "starts_at")),
            Objects.requireNonNull(instant(row, "ends_at")),
            row.getString("service"),
            row.getString("barber"),
            row.getLong("price_minor"),
            row.getString("currency")),
        row.getLong("barber_id"),
        row.getLong("service_id"),
        row.getString("status"),
        row.getString("wish"),
        instant(row, "hold_expires_at"),
        new Location(
            row.getLong("location_id"),
            row.getString("location"),
            Zones.of(row.getString("location_zone")),
            row.getString("reply_to")),
        new Recipient(
            row.getLong("recipient"),
            row.getString("customer"),
            row.getString("email"),
            row.getString("phone"),
            locale(row.getString("language")),
            audience.zone()),
        audience);
  }

  /** Of a language tag; English where somebody has none. */
  public static Locale locale(@Nullable String language) {
    return language == null ? Locale.ENGLISH : Locale.forLanguageTag(language);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
