package dev.freshcut.bookingapi.slot;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * One barber's local date: the one definition of free time, by which the search offers and bookings
 * are accepted. Independent of the clock.
 *
 * <p>A service must lie within working hours, as far as a special day leaves them, and clear of
 * absences. With its buffers it must lie within the date and keep clear of other appointments, as
 * the database's exclusion constraint has it.
 */
public final class DayPlan {
  private final WorkingDay day;
  private final List<Absence> absences;
  private final List<Busy> busy;

  DayPlan(
      LocalDate date,
      ZoneId zone,
      List<LocalHours> hours,
      List<Absence> absences,
      List<Busy> busy) {
    this.day = new WorkingDay(date, zone, hours, absences.stream().map(Absence::time).toList());
    this.absences = absences;
    this.busy = busy;
  }

  /** Start times, every step from the beginning of each of the hours, in order of time. */
  List<Instant> starts(Terms terms, Duration step) {
    return day.starts(terms, step, busy.stream().map(Busy::time).toList());
  }

  /** Why an appointment can't start then, if it can't. */
  public Optional<Refusal> refusal(Terms terms, Instant start) {
    TimeRange whole = terms.busy(start);
    if (!day.isWithinDate(whole)) {
      return Optional.of(new Refusal.CrossesMidnight());
    }
    if (!day.covers(terms.service(start))) {
      return Optional.of(new Refusal.NotWorking());
    }
    return busy.stream().anyMatch(other -> other.time().overlaps(whole))
        ? Optional.of(new Refusal.Taken())
        : Optional.empty();
  }

  /** How much of the day is taken. */
  public Duration load() {
    return busy.stream()
        .map(each -> Duration.between(each.time().from(), each.time().until()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** The hours, joined where they touch, whatever the absences. */
  List<TimeRange> hours() {
    return day.stretches();
  }

  List<Absence> absences() {
    return absences;
  }

  List<Busy> busy() {
    return busy;
  }

  boolean isWithinHours(Busy appointment) {
    return day.isWithinHours(new TimeRange(appointment.startsAt(), appointment.endsAt()));
  }
}
