package dev.freshcut.bookingapi.slot;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One barber's working hours on one local date, as instants. Independent of the clock.
 *
 * <p>Hours are read off the wall clock. Where it jumps forward over a bound, the bound is the jump;
 * where it shows a time twice, the first counts. Bounds so keep their order, and hours that touch
 * still touch. In between time passes as it does: hours from 00:00 to 06:00 are five or seven hours
 * long where the clock changes by one.
 */
final class WorkingDay {
  private final LocalDate date;
  private final ZoneId zone;
  private final List<TimeRange> hours;
  private final List<TimeRange> stretches;
  private final List<TimeRange> absences;

  /**
   * @param hours must not overlap
   * @param absences when she does not work though the hours say so
   */
  WorkingDay(LocalDate date, ZoneId zone, List<LocalHours> hours, List<TimeRange> absences) {
    this.absences = List.copyOf(absences);
    this.date = date;
    this.zone = zone;
    this.hours =
        hours.stream()
            .sorted(Comparator.comparingInt(LocalHours::opensMinute))
            .map(local -> new TimeRange(at(local.opensMinute()), at(local.closesMinute())))
            .toList();
    this.stretches = joined(this.hours);
  }

  private Instant at(int minuteOfDay) {
    return WallClock.at(date.atTime(LocalTime.MIDNIGHT).plusMinutes(minuteOfDay), zone);
  }

  /** Hours that touch are one stretch of work. */
  private static List<TimeRange> joined(List<TimeRange> hours) {
    List<TimeRange> joined = new ArrayList<>();
    for (TimeRange next : hours) {
      if (!joined.isEmpty() && joined.getLast().until().equals(next.from())) {
        joined.set(joined.size() - 1, new TimeRange(joined.getLast().from(), next.until()));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }

  /** Whether the barber works all that time. */
  boolean covers(TimeRange service) {
    return isWithinHours(service) && absences.stream().noneMatch(service::overlaps);
  }

  /** The same, whatever the absences. */
  boolean isWithinHours(TimeRange service) {
    return stretches.stream().anyMatch(stretch -> stretch.contains(service));
  }

  /** The hours, joined where they touch, whatever the absences. */
  List<TimeRange> stretches() {
    return stretches;
  }

  /** Whether the time lies within the local date. */
  boolean isWithinDate(TimeRange busy) {
    return localDate(busy.from()).equals(date)
        && localDate(busy.until().minusNanos(1)).equals(date);
  }

  private LocalDate localDate(Instant instant) {
    return LocalDate.ofInstant(instant, zone);
  }

  /**
   * When an appointment could start: every step from the beginning of each of the hours, as long as
   * the service itself lies within working time and clear of absences, and the service with its
   * buffers within the date and clear of other appointments.
   *
   * @param taken the other appointments with their buffers
   * @return in order of time
   */
  List<Instant> starts(Terms terms, Duration step, List<TimeRange> taken) {
    List<Instant> starts = new ArrayList<>();
    for (TimeRange range : hours) {
      for (Instant start = range.from(); start.isBefore(range.until()); start = start.plus(step)) {
        TimeRange busy = terms.busy(start);
        if (covers(terms.service(start))
            && isWithinDate(busy)
            && taken.stream().noneMatch(busy::overlaps)) {
          starts.add(start);
        }
      }
    }
    return starts;
  }
}
