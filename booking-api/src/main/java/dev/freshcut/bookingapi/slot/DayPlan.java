package dev.freshcut.bookingapi.slot;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * One barber's local date with the appointments and absences that are behind it. Independent of the
 * clock.
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
    this.day =
        WorkingDay.of(
            date,
            zone,
            hours,
            absences.stream().map(Absence::time).toList(),
            busy.stream().map(Busy::time).toList());
    this.absences = absences;
    this.busy = busy;
  }

  /** What the search and bookings go by. */
  WorkingDay day() {
    return day;
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
    return day.isTaken(whole) ? Optional.of(new Refusal.Taken()) : Optional.empty();
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
