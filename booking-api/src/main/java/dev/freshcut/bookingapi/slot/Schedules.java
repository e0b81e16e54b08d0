package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.StoredZone;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The database's side of what a location and its services ask of a booking. */
@Repository
public class Schedules {
  private final JdbcClient database;

  Schedules(JdbcClient database) {
    this.database = database;
  }

  /** A location's policy; empty if there is no such location. */
  public Optional<BookingPolicy> policy(long locationId) {
    return database
        .sql(
            """
            SELECT time_zone, slot_step_minutes, minimum_notice_minutes, horizon_days,
              same_day_cutoff, cancellation_window_minutes, confirmation_required
            FROM locations LEFT JOIN booking_settings ON location_id = id WHERE id = ?
            """)
        .param(locationId)
        .query(
            (row, n) ->
                new BookingPolicy(
                    StoredZone.of(row.getString("time_zone")),
                    orElse(row, "slot_step_minutes", BookingPolicy.DEFAULT_STEP_MINUTES),
                    orElse(row, "minimum_notice_minutes", BookingPolicy.DEFAULT_NOTICE_MINUTES),
                    orElse(row, "horizon_days", BookingPolicy.DEFAULT_HORIZON_DAYS),
                    row.getObject("same_day_cutoff", LocalTime.class),
                    orElse(row, "cancellation_window_minutes", 0),
                    row.getBoolean("confirmation_required")))
        .optional();
  }

  private static int orElse(ResultSet row, String column, int otherwise) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? otherwise : value;
  }

  /** What an active service takes; empty if the location has no such active service. */
  public Optional<ServiceTerms> terms(long locationId, long serviceId) {
    return Optional.ofNullable(services(locationId, serviceId).get(serviceId));
  }

  /** What a location says about booking, all its services and barbers. */
  Optional<BookingTerms> terms(long locationId) {
    return policy(locationId)
        .map(policy -> new BookingTerms(policy, barbers(locationId), services(locationId, null)));
  }

  /** The active ones. */
  private SortedSet<Long> barbers(long locationId) {
    return new TreeSet<>(
        database
            .sql("SELECT id FROM barbers WHERE location_id = ? AND active")
            .param(locationId)
            .query(Long.class)
            .list());
  }

  /** The active ones, or one of them. */
  private Map<Long, ServiceTerms> services(long locationId, @Nullable Long only) {
    record Service(Terms usual, Map<Long, ServiceTerms.Special> specials) {}
    Map<Long, Service> services = new HashMap<>();
    database
        .sql(
            """
            SELECT s.id, s.duration_minutes, buffer_before_minutes, buffer_after_minutes,
              barber_id, offered, coalesce(b.duration_minutes, s.duration_minutes) AS minutes
            FROM services s LEFT JOIN barber_services b
              ON b.location_id = s.location_id AND b.service_id = s.id
            WHERE s.location_id = :location AND s.active
              AND (:service::bigint IS NULL OR s.id = :service)
            """)
        .param("location", locationId)
        .param("service", only)
        .query(
            row -> {
              Terms usual =
                  new Terms(
                      Duration.ofMinutes(row.getInt("duration_minutes")),
                      Duration.ofMinutes(row.getInt("buffer_before_minutes")),
                      Duration.ofMinutes(row.getInt("buffer_after_minutes")));
              Service service =
                  services.computeIfAbsent(
                      row.getLong("id"), id -> new Service(usual, new HashMap<>()));
              boolean offered = row.getBoolean("offered");
              long barber = row.getLong("barber_id");
              if (!row.wasNull()) {
                service
                    .specials()
                    .put(
                        barber,
                        new ServiceTerms.Special(
                            offered, Duration.ofMinutes(row.getInt("minutes"))));
              }
            });
    Map<Long, ServiceTerms> terms = new HashMap<>();
    services.forEach(
        (id, service) -> terms.put(id, new ServiceTerms(service.usual(), service.specials())));
    return terms;
  }

  /** An appointment of the location that is the caller's to move. */
  Optional<Moved> movable(Caller caller, long locationId, long appointmentId) {
    if (!(caller instanceof Caller.User user)) {
      return Optional.empty();
    }
    return database
        .sql(
            """
            SELECT barber_id, service_id, starts_at, ends_at, busy_from, busy_until
            FROM appointments a JOIN customers c ON c.id = a.customer_id
            WHERE a.id = :id AND a.location_id = :location AND (:staff OR c.user_id = :user)
            """)
        .param("id", appointmentId)
        .param("location", locationId)
        .param("staff", user.mayWorkAt(locationId))
        .param("user", user.id())
        .query(
            (row, n) ->
                new Moved(
                    appointmentId,
                    row.getLong("barber_id"),
                    row.getLong("service_id"),
                    Terms.between(
                        new TimeRange(instant(row, "starts_at"), instant(row, "ends_at")),
                        new TimeRange(instant(row, "busy_from"), instant(row, "busy_until")))))
        .optional();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
