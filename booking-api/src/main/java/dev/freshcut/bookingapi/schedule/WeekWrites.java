package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.catalog.Places;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.hours.BusinessHoursView;
import dev.freshcut.bookingapi.hours.HoursTables;
import dev.freshcut.bookingapi.hours.WeeklyHours;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.slot.BarberChoice;
import dev.freshcut.bookingapi.slot.FutureConflicts;
import dev.freshcut.bookingapi.slot.TouchedDates;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.StoredZone;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Rows;
import dev.freshcut.bookingapi.write.Writes;
import java.time.Clock;
import java.time.DayOfWeek;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Replaces weeks, row by row: what stays is not touched, and evicts nothing. */
@Service
class WeekWrites {
  private final HoursTables hours;
  private final Places places;
  private final Rows rows;
  private final Writes writes;
  private final FutureConflicts conflicts;
  private final AuditLog audit;
  private final Clock clock;

  WeekWrites(
      HoursTables hours,
      Places places,
      Rows rows,
      Writes writes,
      FutureConflicts conflicts,
      AuditLog audit,
      Clock clock) {
    this.hours = hours;
    this.places = places;
    this.rows = rows;
    this.writes = writes;
    this.conflicts = conflicts;
    this.audit = audit;
    this.clock = clock;
  }

  private record Row(DayOfWeek weekday, String opensAt, String closesAt) {
    Map<String, Object> values() {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("weekday", weekday.getValue());
      values.put("opens_at", Rows.time(opensAt));
      values.put("closes_at", Rows.time(closesAt));
      return values;
    }
  }

  /** When the door is open: for display, nothing that is booked depends on it. */
  Outcome<Written<BusinessHoursView>, ScheduleRefusal> ofLocation(
      Caller.User caller, long locationId, Week wanted, IfMatch expected) {
    return writes.attempt(
        changes -> {
          if (places.lock(caller, locationId).isEmpty()) {
            return Outcome.refused(new ScheduleRefusal.NoLocation(locationId));
          }
          if (!wanted.errors().isEmpty()) {
            return Outcome.refused(new ScheduleRefusal.Invalid(wanted.errors()));
          }
          expected.require(hours.view(locationId, clock.instant()));
          WeeklyHours before = hours.usualOf(locationId);
          replace("business_hours", Map.of("location_id", locationId), before, wanted, changes);
          audit.record(caller, "business-hours.put", "location:" + locationId, Map.of());
          return Outcome.done(hours.view(locationId, clock.instant()));
        });
  }

  Outcome<Written<ChangedWeek>, ScheduleRefusal> ofBarber(
      Caller.User caller, long locationId, long barberId, Week wanted, IfMatch expected) {
    return writes.attempt(
        changes -> {
          Optional<String> zone = places.lock(caller, locationId);
          if (zone.isEmpty()) {
            return Outcome.refused(new ScheduleRefusal.NoLocation(locationId));
          }
          if (!places.lockActiveBarber(locationId, barberId)) {
            return Outcome.refused(new ScheduleRefusal.NoBarber(locationId, barberId));
          }
          if (!wanted.errors().isEmpty()) {
            return Outcome.refused(new ScheduleRefusal.Invalid(wanted.errors()));
          }
          WeeklyHours before = hours.ofBarber(locationId, barberId);
          expected.require(before.version());
          Set<DayOfWeek> shorter =
              replace(
                  "working_hours",
                  Map.of("location_id", locationId, "barber_id", barberId),
                  before,
                  wanted,
                  changes);
          audit.record(
              caller, "working-hours.put", "barber:" + barberId, Map.of("location", locationId));
          return Outcome.done(
              ChangedWeek.of(
                  hours.ofBarber(locationId, barberId),
                  conflicts.search(
                      locationId,
                      StoredZone.of(zone.get()),
                      BarberChoice.of(barberId),
                      TouchedDates.every(shorter))));
        });
  }

  /** Answers the weekdays on which hours are gone, even if others came in their place. */
  private Set<DayOfWeek> replace(
      String table, Map<String, Long> owner, WeeklyHours before, Week wanted, RowChanges changes) {
    Set<Row> there = rowsOf(before.days());
    Set<Row> wantedRows = rowsOf(wanted.days());
    Set<Row> gone = new HashSet<>(there);
    gone.removeAll(wantedRows);
    for (Row row : gone) {
      rows.delete(table, with(owner, row), changes);
    }
    for (Row row : wantedRows) {
      if (!there.contains(row)) {
        rows.insert(table, with(owner, row), changes);
      }
    }
    return gone.stream().map(Row::weekday).collect(Collectors.toSet());
  }

  private static Map<String, Object> with(Map<String, Long> owner, Row row) {
    Map<String, Object> values = new LinkedHashMap<>(owner);
    values.putAll(row.values());
    return values;
  }

  private static Set<Row> rowsOf(List<WeeklyHours.Day> days) {
    return days.stream()
        .flatMap(
            day ->
                day.hours().stream()
                    .map(one -> new Row(day.weekday(), one.opensAt(), one.closesAt())))
        .collect(Collectors.toSet());
  }
}
