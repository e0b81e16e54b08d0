package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.web.Missing;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.web.StoredZone;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The database's side of slots. */
@Repository
public class Schedules {
  private final JdbcClient database;

  Schedules(JdbcClient database) {
    this.database = database;
  }

  /**
   * A location's policy.
   *
   * @throws ProblemException if there is no such location
   */
  public BookingPolicy policy(long locationId) {
    return database
        .sql(
            """
            SELECT time_zone, slot_step_minutes, minimum_notice_minutes, horizon_days
            FROM locations LEFT JOIN booking_settings ON location_id = id WHERE id = ?
            """)
        .param(locationId)
        .query(
            (row, n) ->
                new BookingPolicy(
                    StoredZone.of(row.getString("time_zone")),
                    orElse(row, "slot_step_minutes", BookingPolicy.DEFAULT_STEP_MINUTES),
                    orElse(row, "minimum_notice_minutes", BookingPolicy.DEFAULT_NOTICE_MINUTES),
                    orElse(row, "horizon_days", BookingPolicy.DEFAULT_HORIZON_DAYS)))
        .optional()
        .orElseThrow(() -> Missing.location(locationId));
  }

  private static int orElse(ResultSet row, String column, int otherwise) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? otherwise : value;
  }

  /**
   * What an active service takes.
   *
   * @throws ProblemException if the location has no such active service
   */
  public Terms terms(long locationId, long serviceId) {
    return database
        .sql(
            """
            SELECT duration_minutes, buffer_before_minutes, buffer_after_minutes
            FROM services WHERE location_id = ? AND id = ? AND active
            """)
        .params(locationId, serviceId)
        .query(
            (row, n) ->
                new Terms(
                    Duration.ofMinutes(row.getInt("duration_minutes")),
                    Duration.ofMinutes(row.getInt("buffer_before_minutes")),
                    Duration.ofMinutes(row.getInt("buffer_after_minutes"))))
        .optional()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.SERVICE_NOT_FOUND,
                    "Service %d at location %d".formatted(serviceId, locationId)));
  }

  /**
   * An active barber's working hours on a date.
   *
   * @throws ProblemException if the location has no such active barber
   */
  public WorkingDay workingDay(long locationId, long barberId, LocalDate date, ZoneId zone) {
    List<LocalHours> hours = hours(locationId, BarberChoice.of(barberId), date).get(barberId);
    if (hours == null) {
      throw Missing.barber(locationId, barberId);
    }
    return new WorkingDay(date, zone, hours);
  }

  /** The hours of the chosen active barbers on a date's weekday; none if they do not work then. */
  Map<Long, List<LocalHours>> hours(long locationId, BarberChoice choice, LocalDate date) {
    record Row(long barber, @Nullable LocalHours hours) {}
    return database
        .sql(
            """
            SELECT b.id,
              extract(epoch FROM opens_at)::integer / 60 AS opens,
              extract(epoch FROM closes_at)::integer / 60 AS closes
            FROM barbers b
              LEFT JOIN working_hours w
                ON w.location_id = b.location_id AND w.barber_id = b.id AND w.weekday = :weekday
            WHERE b.location_id = :location AND b.active
              AND (:barber::bigint IS NULL OR b.id = :barber)
            """)
        .param("location", locationId)
        .param("weekday", date.getDayOfWeek().getValue())
        .param("barber", choice.barberId())
        .query(
            (row, n) -> {
              int opens = row.getInt("opens");
              boolean off = row.wasNull();
              return new Row(
                  row.getLong("id"), off ? null : new LocalHours(opens, row.getInt("closes")));
            })
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Row::barber,
                TreeMap::new,
                Collectors.mapping(
                    Row::hours,
                    Collectors.filtering(hours -> hours != null, Collectors.toList()))));
  }

  /** What the chosen barbers' appointments on a local date take, buffers included. */
  Map<Long, List<TimeRange>> taken(long locationId, BarberChoice choice, LocalDate date) {
    record Row(long barber, TimeRange busy) {}
    return database
        .sql(
            """
            SELECT barber_id, busy_from, busy_until FROM appointments
            WHERE location_id = :location AND local_date = :date
              AND (:barber::bigint IS NULL OR barber_id = :barber)
              AND status IN ('pending', 'confirmed', 'completed')
            """)
        .param("location", locationId)
        .param("date", date)
        .param("barber", choice.barberId())
        .query(
            (row, n) ->
                new Row(
                    row.getLong("barber_id"),
                    new TimeRange(instant(row, "busy_from"), instant(row, "busy_until"))))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(Row::barber, Collectors.mapping(Row::busy, Collectors.toList())));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
