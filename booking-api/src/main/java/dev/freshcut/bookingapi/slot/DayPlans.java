package dev.freshcut.bookingapi.slot;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Loads schedules: in three statements, however many barbers and dates. An appointment counts as
 * long as its status says so, as in the database's constraint; also a hold that is over, until
 * somebody has noted that it is.
 */
@Repository
public class DayPlans {
  private static final int NO_APPOINTMENT = -1;

  private final JdbcClient database;

  DayPlans(JdbcClient database) {
    this.database = database;
  }

  /**
   * A location's schedule.
   *
   * @param choice of barbers; those who are not active at the location are left out
   * @param ignored an appointment that is to be moved: its time counts as free
   */
  public Calendar load(
      long locationId,
      ZoneId zone,
      BarberChoice choice,
      LocalDate from,
      LocalDate to,
      @Nullable Long ignored) {
    Map<Long, Map<DayOfWeek, List<LocalHours>>> weekly = weekly(locationId, choice);
    SortedSet<Long> barbers = new TreeSet<>(weekly.keySet());
    Map<Long, List<TimeRange>> timeOff = new HashMap<>();
    List<TimeRange> blackouts = new ArrayList<>();
    Map<Long, Map<LocalDate, List<Busy>>> busy = new HashMap<>();
    TimeRange whole = Calendar.dayOf(from, to, zone);
    database
        .sql(
            """
            SELECT 'appointment' AS kind, barber_id, busy_from, busy_until, id, service_id,
              local_date, starts_at, ends_at, status
            FROM appointments
            WHERE location_id = :location AND local_date BETWEEN :from AND :to
              AND occupies_time(status) AND id <> :ignored
              AND (:barber::bigint IS NULL OR barber_id = :barber)
            UNION ALL
            SELECT 'time_off', barber_id, starts_at, ends_at, NULL, NULL, NULL, NULL, NULL, NULL
            FROM time_off
            WHERE location_id = :location AND starts_at < :end AND ends_at > :begin
              AND (:barber::bigint IS NULL OR barber_id = :barber)
            UNION ALL
            SELECT 'blackout', NULL, starts_at, ends_at, NULL, NULL, NULL, NULL, NULL, NULL
            FROM blackouts
            WHERE location_id = :location AND starts_at < :end AND ends_at > :begin
            ORDER BY busy_from, id
            """)
        .param("location", locationId)
        .param("from", from)
        .param("to", to)
        .param("begin", whole.from().atOffset(ZoneOffset.UTC))
        .param("end", whole.until().atOffset(ZoneOffset.UTC))
        .param("ignored", ignored == null ? NO_APPOINTMENT : ignored)
        .param("barber", choice.barberId())
        .query(
            row -> {
              TimeRange time = new TimeRange(instant(row, "busy_from"), instant(row, "busy_until"));
              long barber = row.getLong("barber_id");
              switch (row.getString("kind")) {
                case "time_off" ->
                    timeOff.computeIfAbsent(barber, b -> new ArrayList<>()).add(time);
                case "blackout" -> blackouts.add(time);
                default ->
                    busy.computeIfAbsent(barber, b -> new HashMap<>())
                        .computeIfAbsent(
                            row.getObject("local_date", LocalDate.class), d -> new ArrayList<>())
                        .add(busy(row, time));
              }
            });
    return new Calendar(
        zone,
        from,
        to,
        barbers,
        weekly,
        specialDays(locationId, from, to),
        timeOff,
        blackouts,
        busy);
  }

  private static Busy busy(ResultSet row, TimeRange time) throws SQLException {
    return new Busy(
        row.getLong("id"),
        row.getLong("service_id"),
        time,
        instant(row, "starts_at"),
        instant(row, "ends_at"),
        row.getString("status"));
  }

  /** The hours of the chosen active barbers; none if they do not work. */
  private Map<Long, Map<DayOfWeek, List<LocalHours>>> weekly(long locationId, BarberChoice choice) {
    Map<Long, Map<DayOfWeek, List<LocalHours>>> weekly = new HashMap<>();
    database
        .sql(
            """
            SELECT b.id, weekday,
              extract(epoch FROM opens_at)::integer / 60 AS opens,
              extract(epoch FROM closes_at)::integer / 60 AS closes
            FROM barbers b
              LEFT JOIN working_hours w ON w.location_id = b.location_id AND w.barber_id = b.id
            WHERE b.location_id = :location AND b.active
              AND (:barber::bigint IS NULL OR b.id = :barber)
            """)
        .param("location", locationId)
        .param("barber", choice.barberId())
        .query(
            row -> {
              var days =
                  weekly.computeIfAbsent(
                      row.getLong("id"),
                      b -> new EnumMap<DayOfWeek, List<LocalHours>>(DayOfWeek.class));
              int weekday = row.getInt("weekday");
              if (!row.wasNull()) {
                days.computeIfAbsent(DayOfWeek.of(weekday), d -> new ArrayList<>())
                    .add(new LocalHours(row.getInt("opens"), row.getInt("closes")));
              }
            });
    return weekly;
  }

  private Map<LocalDate, @Nullable LocalHours> specialDays(
      long locationId, LocalDate from, LocalDate to) {
    Map<LocalDate, @Nullable LocalHours> days = new HashMap<>();
    database
        .sql(
            """
            SELECT local_date,
              extract(epoch FROM opens_at)::integer / 60 AS opens,
              extract(epoch FROM closes_at)::integer / 60 AS closes
            FROM special_days WHERE location_id = ? AND local_date BETWEEN ? AND ?
            """)
        .params(locationId, from, to)
        .query(
            row -> {
              int opens = row.getInt("opens");
              LocalHours hours = row.wasNull() ? null : new LocalHours(opens, row.getInt("closes"));
              days.put(row.getObject("local_date", LocalDate.class), hours);
            });
    return days;
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
