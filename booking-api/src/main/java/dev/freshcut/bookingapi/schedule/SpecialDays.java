package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.catalog.Places;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.hours.HoursTables;
import dev.freshcut.bookingapi.hours.WeeklyHours;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.slot.BarberChoice;
import dev.freshcut.bookingapi.slot.FutureConflicts;
import dev.freshcut.bookingapi.slot.TouchedDates;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.web.StoredZone;
import dev.freshcut.bookingapi.web.Years;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Rows;
import dev.freshcut.bookingapi.write.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Dates that are not like their weekday. */
@Service
class SpecialDays {
  private static final String TABLE = "special_days";
  private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
  private static final LocalDate LAST = LocalDate.of(2199, 12, 31);

  private final JdbcClient database;
  private final Places places;
  private final Rows rows;
  private final Writes writes;
  private final FutureConflicts conflicts;
  private final AuditLog audit;
  private final Clock clock;

  SpecialDays(
      JdbcClient database,
      Places places,
      Rows rows,
      Writes writes,
      FutureConflicts conflicts,
      AuditLog audit,
      Clock clock) {
    this.database = database;
    this.places = places;
    this.rows = rows;
    this.writes = writes;
    this.conflicts = conflicts;
    this.audit = audit;
    this.clock = clock;
  }

  Outcome<Page<SpecialDayView>, ScheduleRefusal> page(
      Caller.User caller, long locationId, PageRequest page) {
    return places.zone(caller, locationId).isPresent()
        ? Outcome.done(
            page.load(
                "special days of " + locationId + ", the latest first",
                1,
                (last, count) -> before(locationId, last, count),
                day -> List.of(day.date().toEpochDay())))
        : Outcome.refused(new ScheduleRefusal.NoLocation(locationId));
  }

  private List<SpecialDayView> before(long locationId, @Nullable List<Long> last, int count) {
    long day = last == null ? LAST.toEpochDay() + 1 : last.getFirst();
    long bounded = Math.clamp(day, FIRST.toEpochDay(), LAST.toEpochDay() + 1);
    return database
        .sql(SELECT + "WHERE location_id = ? AND local_date < ? ORDER BY local_date DESC LIMIT ?")
        .params(locationId, LocalDate.ofEpochDay(bounded), count)
        .query(SpecialDays::view)
        .list();
  }

  /** Replaces what was said of the date before. */
  Outcome<Written<SpecialDayView>, ScheduleRefusal> put(
      Caller.User caller,
      long locationId,
      LocalDate date,
      SpecialDayTerms wanted,
      IfMatch expected) {
    return writes.attempt(
        changes -> {
          Optional<String> zone = places.lock(caller, locationId);
          if (zone.isEmpty()) {
            return Outcome.refused(new ScheduleRefusal.NoLocation(locationId));
          }
          if (!canBeStored(date)) {
            return Outcome.refused(ScheduleRefusal.Invalid.of("date", Years.WANTED));
          }
          WeeklyHours.Hours hours = wanted.hours().isEmpty() ? null : wanted.hours().getFirst();
          if (hours != null && hours.opensAt().compareTo(hours.closesAt()) >= 0) {
            return Outcome.refused(
                ScheduleRefusal.Invalid.of("hours[0].closesAt", "must be after opensAt"));
          }
          expected.require(find(locationId, date));
          if (isFull(locationId, date)) {
            return Outcome.refused(
                new ScheduleRefusal.Full(
                    "special days to come are kept", HoursTables.MOST_SPECIAL_DAYS));
          }
          save(locationId, date, hours, wanted.label(), changes);
          audit.record(
              caller, "special-day.put", "location:" + locationId, Map.of("date", date.toString()));
          return Outcome.done(
              find(locationId, date)
                  .orElseThrow()
                  .with(
                      conflicts.search(
                          locationId,
                          StoredZone.of(zone.get()),
                          BarberChoice.any(),
                          TouchedDates.only(date))));
        });
  }

  private static boolean canBeStored(LocalDate date) {
    return Years.include(date.getYear());
  }

  /** Whether one more would take the nearest from what is shown of a location's hours. */
  private boolean isFull(long locationId, LocalDate date) {
    LocalDate shownFrom = HoursTables.firstShown(clock.instant());
    return !date.isBefore(shownFrom)
        && database
                .sql(
                    """
                    SELECT count(*) FROM special_days
                    WHERE location_id = ? AND local_date >= ? AND local_date <> ?
                    """)
                .params(locationId, shownFrom, date)
                .query(Long.class)
                .single()
            >= HoursTables.MOST_SPECIAL_DAYS;
  }

  private void save(
      long locationId,
      LocalDate date,
      WeeklyHours.@Nullable Hours hours,
      @Nullable String label,
      RowChanges changes) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("opens_at", hours == null ? null : Rows.time(hours.opensAt()));
    values.put("closes_at", hours == null ? null : Rows.time(hours.closesAt()));
    values.put("label", label);
    if (!rows.update(TABLE, key(locationId, date), values, changes)) {
      values.putAll(key(locationId, date));
      rows.insert(TABLE, values, changes);
    }
  }

  /** The date is like its weekday again. */
  Outcome<Written<SpecialDayView>, ScheduleRefusal> delete(
      Caller.User caller, long locationId, LocalDate date, IfMatch expected) {
    return writes.attempt(
        changes -> {
          if (places.lock(caller, locationId).isEmpty()) {
            return Outcome.refused(new ScheduleRefusal.NoLocation(locationId));
          }
          if (!canBeStored(date)) { // PostgreSQL's dates do not go as far
            return Outcome.refused(new ScheduleRefusal.NoSpecialDay(date));
          }
          Optional<SpecialDayView> before = find(locationId, date);
          if (before.isEmpty()) {
            return Outcome.refused(new ScheduleRefusal.NoSpecialDay(date));
          }
          expected.require(before.get());
          rows.delete(TABLE, key(locationId, date), changes);
          audit.record(
              caller,
              "special-day.delete",
              "location:" + locationId,
              Map.of("date", date.toString()));
          return Outcome.done(before.get());
        });
  }

  private Optional<SpecialDayView> find(long locationId, LocalDate date) {
    return database
        .sql(SELECT + "WHERE location_id = ? AND local_date = ?")
        .params(locationId, date)
        .query(SpecialDays::view)
        .optional();
  }

  private static Map<String, Object> key(long locationId, LocalDate date) {
    return Map.of("location_id", locationId, "local_date", date);
  }

  private static final String SELECT =
      """
      SELECT location_id, local_date, to_char(opens_at, 'HH24:MI') AS opens,
        to_char(closes_at, 'HH24:MI') AS closes, label, version
      FROM special_days
      """;

  private static SpecialDayView view(ResultSet row, int n) throws SQLException {
    String opens = row.getString("opens");
    return new SpecialDayView(
        row.getLong("location_id"),
        row.getObject("local_date", LocalDate.class),
        opens == null ? List.of() : List.of(new WeeklyHours.Hours(opens, row.getString("closes"))),
        row.getString("label"),
        row.getLong("version"),
        null);
  }
}
