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
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

  /** A location's schedule from one date to another. */
  public Calendar load(
      long locationId,
      ZoneId zone,
      BarberChoice choice,
      LocalDate from,
      LocalDate to,
      @Nullable Long ignored) {
    SortedSet<LocalDate> dates =
        from.datesUntil(to.plusDays(1)).collect(Collectors.toCollection(TreeSet::new));
    return load(locationId, zone, choice, dates, ignored);
  }

  /**
   * A location's schedule of some dates, however far apart: what lies between is not read, but for
   * absences, which are few.
   *
   * @param choice of barbers; those who are not active at the location are left out
   * @param dates at least one
   * @param ignored an appointment that is to be moved: its time counts as free
   */
  public Calendar load(
      long locationId,
      ZoneId zone,
      BarberChoice choice,
      SortedSet<LocalDate> dates,
      @Nullable Long ignored) {
    Long one = choice.barberId();
    return load(locationId, zone, one == null ? null : Set.of(one), dates, ignored);
  }

  /**
   * The same.
   *
   * @param chosen barbers; null is all
   */
  Calendar load(
      long locationId,
      ZoneId zone,
      @Nullable Set<Long> chosen,
      SortedSet<LocalDate> dates,
      @Nullable Long ignored) {
    Map<Long, Map<DayOfWeek, List<LocalHours>>> weekly = weekly(locationId, chosen);
    SortedSet<Long> barbers = new TreeSet<>(weekly.keySet());
    Map<Long, List<TimeRange>> timeOff = new HashMap<>();
    List<TimeRange> blackouts = new ArrayList<>();
    Map<Long, Map<LocalDate, List<Busy>>> busy = new HashMap<>();
    TimeRange whole = Calendar.dayOf(dates.first(), dates.last(), zone);
    database
        .sql(
            """
            SELECT 'appointment' AS kind, barber_id, busy_from, busy_until, id, service_id,
              local_date, starts_at, ends_at, status
            FROM appointments
            WHERE location_id = :location AND %s
              AND occupies_time(status) AND id <> :ignored
              AND (:barbers::bigint[] IS NULL OR barber_id = ANY (:barbers::bigint[]))
            UNION ALL
            SELECT 'time_off', barber_id, starts_at, ends_at, NULL, NULL, NULL, NULL, NULL, NULL
            FROM time_off
            WHERE location_id = :location AND starts_at < :end AND ends_at > :begin
              AND (:barbers::bigint[] IS NULL OR barber_id = ANY (:barbers::bigint[]))
            UNION ALL
            SELECT 'blackout', NULL, starts_at, ends_at, NULL, NULL, NULL, NULL, NULL, NULL
            FROM blackouts
            WHERE location_id = :location AND starts_at < :end AND ends_at > :begin
            ORDER BY busy_from, id
            """
                .formatted(among(dates)))
        .param("location", locationId)
        .param("from", dates.first())
        .param("to", dates.last())
        .param("dates", list(dates))
        .param("begin", whole.from().atOffset(ZoneOffset.UTC))
        .param("end", whole.until().atOffset(ZoneOffset.UTC))
        .param("ignored", ignored == null ? NO_APPOINTMENT : ignored)
        .param("barbers", chosen == null ? null : list(chosen))
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
        zone, dates, barbers, weekly, specialDays(locationId, dates), timeOff, blackouts, busy);
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
  private Map<Long, Map<DayOfWeek, List<LocalHours>>> weekly(
      long locationId, @Nullable Set<Long> chosen) {
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
              AND (:barbers::bigint[] IS NULL OR b.id = ANY (:barbers::bigint[]))
            """)
        .param("location", locationId)
        .param("barbers", chosen == null ? null : list(chosen))
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

  /** Of dates without a gap a range, which takes one search of an index and not one for each. */
  private static String among(SortedSet<LocalDate> dates) {
    boolean hasGaps = !dates.first().plusDays(dates.size() - 1).equals(dates.last());
    return hasGaps ? "local_date = ANY (:dates::date[])" : "local_date BETWEEN :from AND :to";
  }

  private static String list(Collection<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
  }

  private Map<LocalDate, @Nullable LocalHours> specialDays(
      long locationId, SortedSet<LocalDate> dates) {
    Map<LocalDate, @Nullable LocalHours> days = new HashMap<>();
    database
        .sql(
            """
            SELECT local_date,
              extract(epoch FROM opens_at)::integer / 60 AS opens,
              extract(epoch FROM closes_at)::integer / 60 AS closes
            FROM special_days WHERE location_id = :location AND %s
            """
                .formatted(among(dates)))
        .param("location", locationId)
        .param("from", dates.first())
        .param("to", dates.last())
        .param("dates", list(dates))
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
