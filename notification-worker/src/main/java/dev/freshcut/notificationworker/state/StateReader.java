package dev.freshcut.notificationworker.state;

import dev.freshcut.notificationworker.reading.Scope;
import dev.freshcut.notificationworker.timing.QuietHours;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what is now. Each method is one statement, and so sees one snapshot. */
public final class StateReader {
  static final String AUDIENCE =
      """
      r.customer_id AS recipient, r.time_zone, r.wants_email, r.wants_sms, r.reminder_minutes,
      r.quiet_from, r.quiet_until, p.sms_consent_at,
      (SELECT z.time_zone FROM locations z WHERE z.id = r.location_id) AS home_zone\
      """;
  private static final String APPOINTMENTS =
      "SELECT a.id, a.status, a.starts_at, "
          + AUDIENCE
          + """
           FROM appointments a
          LEFT JOIN notification_recipients r ON r.customer_id = a.customer_id
          LEFT JOIN notification_preferences p ON p.customer_id = a.customer_id
          """;

  private final JdbcClient jdbc;

  public StateReader(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Appointments by id; those that are gone are left out. */
  public Map<Long, AppointmentState> appointments(Collection<Long> ids) {
    Map<Long, AppointmentState> found = new HashMap<>();
    jdbc.sql(APPOINTMENTS + "WHERE a.id = ANY(?)")
        .param(ids.toArray(Long[]::new))
        .query(StateReader::appointment)
        .list()
        .forEach(each -> found.put(each.id(), each));
    return found;
  }

  /**
   * A page of the appointments that are yet to begin, by id.
   *
   * @param after the id before the first
   */
  public List<AppointmentState> upcoming(Scope scope, Instant now, long after, int limit) {
    String condition =
        switch (scope.of()) {
          case LOCATION -> "AND a.location_id = :id ";
          case CUSTOMER -> "AND a.customer_id = :id ";
          case ALL -> "";
        };
    JdbcClient.StatementSpec statement =
        jdbc.sql(
                APPOINTMENTS
                    + "WHERE a.starts_at > :now AND a.id > :after AND a.status = 'confirmed' "
                    + condition
                    + "ORDER BY a.id LIMIT :limit")
            .param("now", now.atOffset(ZoneOffset.UTC))
            .param("after", after)
            .param("limit", limit);
    if (scope.of() != Scope.Of.ALL) {
      statement = statement.param("id", scope.id());
    }
    return statement.query(StateReader::appointment).list();
  }

  /** How customers are told; those with whom nobody may speak any more are left out. */
  public Map<Long, Audience> audiences(Collection<Long> customers) {
    Map<Long, Audience> found = new HashMap<>();
    jdbc.sql(
            "SELECT "
                + AUDIENCE
                + """
                 FROM notification_recipients r
                LEFT JOIN notification_preferences p ON p.customer_id = r.customer_id
                WHERE r.customer_id = ANY(?)
                """)
        .param(customers.toArray(Long[]::new))
        .query(
            row -> {
              found.put(row.getLong("recipient"), Objects.requireNonNull(audience(row)));
            });
    return found;
  }

  private static AppointmentState appointment(ResultSet row, int number) throws SQLException {
    return new AppointmentState(
        row.getLong("id"),
        row.getString("status"),
        row.getObject("starts_at", OffsetDateTime.class).toInstant(),
        audience(row));
  }

  static @Nullable Audience audience(ResultSet row) throws SQLException {
    row.getLong("recipient");
    if (row.wasNull()) {
      return null;
    }
    OffsetDateTime consent = row.getObject("sms_consent_at", OffsetDateTime.class);
    Integer[] minutes = (Integer[]) row.getArray("reminder_minutes").getArray();
    return new Audience(
        Zones.of(row.getString("time_zone"), row.getString("home_zone")),
        row.getBoolean("wants_email"),
        row.getBoolean("wants_sms") && consent != null ? consent.toInstant() : null,
        List.of(minutes),
        new QuietHours(
            row.getObject("quiet_from", LocalTime.class),
            row.getObject("quiet_until", LocalTime.class)));
  }
}
