package dev.freshcut.bookingapi.slot;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was loaded of a location's schedule: some barbers, some dates.
 *
 * @param dates that were loaded
 * @param barberIds the chosen ones who are active, in ascending order
 * @param weekly hours in a usual week
 * @param specialDays hours of the dates that are not usual; null is closed
 * @param timeOff by barber
 * @param blackouts of the whole location
 * @param busy by barber and local date
 */
public record Calendar(
    ZoneId zone,
    SortedSet<LocalDate> dates,
    SortedSet<Long> barberIds,
    Map<Long, Map<DayOfWeek, List<LocalHours>>> weekly,
    Map<LocalDate, @Nullable LocalHours> specialDays,
    Map<Long, List<TimeRange>> timeOff,
    List<TimeRange> blackouts,
    Map<Long, Map<LocalDate, List<Busy>>> busy) {

  /**
   * A barber's day.
   *
   * @throws IllegalArgumentException if it was not loaded
   */
  public DayPlan day(long barberId, LocalDate date) {
    if (!barberIds.contains(barberId) || !dates.contains(date)) {
      throw new IllegalArgumentException("not loaded: barber " + barberId + " on " + date);
    }
    return new DayPlan(
        date,
        zone,
        hours(barberId, date),
        absences(barberId, date),
        busy.getOrDefault(barberId, Map.of()).getOrDefault(date, List.of()));
  }

  private List<LocalHours> hours(long barberId, LocalDate date) {
    List<LocalHours> usual =
        weekly.getOrDefault(barberId, Map.of()).getOrDefault(date.getDayOfWeek(), List.of());
    if (!specialDays.containsKey(date)) {
      return usual;
    }
    LocalHours special = specialDays.get(date);
    return special == null
        ? List.of()
        : usual.stream().flatMap(hours -> hours.intersection(special).stream()).toList();
  }

  private List<Absence> absences(long barberId, LocalDate date) {
    TimeRange day = dayOf(date, date, zone);
    return Stream.concat(
            timeOff.getOrDefault(barberId, List.of()).stream()
                .map(time -> new Absence(Absence.Kind.TIME_OFF, time)),
            blackouts.stream().map(time -> new Absence(Absence.Kind.BLACKOUT, time)))
        .filter(absence -> absence.time().overlaps(day))
        .toList();
  }

  /** From the first instant of a date to the last of another. */
  static TimeRange dayOf(LocalDate from, LocalDate to, ZoneId zone) {
    Instant begin = from.atStartOfDay(zone).toInstant();
    return new TimeRange(begin, to.plusDays(1).atStartOfDay(zone).toInstant());
  }
}
