package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.slot.DayConflicts.Conflict;
import dev.freshcut.bookingapi.slot.DayConflicts.Reason;
import dev.freshcut.bookingapi.web.ProblemException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Computes barbers' days from the database. */
@Component
class BarberDays {
  private final Schedules schedules;
  private final DayPlans plans;

  BarberDays(Schedules schedules, DayPlans plans) {
    this.schedules = schedules;
    this.plans = plans;
  }

  DaySchedule schedule(BarberDay day) {
    ZoneId zone = zone(day.locationId());
    DayPlan plan = plan(day, zone);
    TimeRange whole = Calendar.dayOf(day.date(), day.date(), zone);
    return new DaySchedule(
        day.date(),
        zone,
        plan.hours(),
        plan.absences().stream()
            .map(each -> new Absence(each.kind(), each.time().within(whole)))
            .toList(),
        plan.busy());
  }

  DayConflicts conflicts(BarberDay day) {
    ZoneId zone = zone(day.locationId());
    DayPlan plan = plan(day, zone);
    return new DayConflicts(
        zone,
        plan.busy().stream()
            .map(busy -> new Conflict(busy, reasons(plan, busy)))
            .filter(conflict -> !conflict.reasons().isEmpty())
            .toList());
  }

  static Set<Reason> reasons(DayPlan plan, Busy appointment) {
    Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    if (!plan.isWithinHours(appointment)) {
      reasons.add(Reason.OUTSIDE_HOURS);
    }
    TimeRange service = new TimeRange(appointment.startsAt(), appointment.endsAt());
    List<Absence> absences =
        plan.absences().stream().filter(each -> each.time().overlaps(service)).toList();
    for (Absence absence : absences) {
      reasons.add(
          switch (absence.kind()) {
            case TIME_OFF -> Reason.TIME_OFF;
            case BLACKOUT -> Reason.BLACKOUT;
          });
    }
    return reasons;
  }

  private ZoneId zone(long locationId) {
    return schedules
        .policy(locationId)
        .orElseThrow(
            () -> new ProblemException(Refusals.problem(new Refusal.NoLocation(locationId))))
        .zone();
  }

  private DayPlan plan(BarberDay day, ZoneId zone) {
    LocalDate date = day.date();
    Calendar calendar =
        plans.load(day.locationId(), zone, BarberChoice.of(day.barberId()), date, date, null);
    if (calendar.barberIds().isEmpty()) {
      throw new ProblemException(
          Refusals.problem(new Refusal.NoBarber(day.locationId(), day.barberId())));
    }
    return calendar.day(day.barberId(), date);
  }
}
