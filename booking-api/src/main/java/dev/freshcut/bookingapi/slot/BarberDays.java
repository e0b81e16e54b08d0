package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.slot.DayConflicts.Conflict;
import dev.freshcut.bookingapi.slot.DayConflicts.Reason;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

  /** Of one barber. */
  List<DaySchedule> schedules(List<BarberDay> days) {
    ZoneId zone = zone(days.getFirst().locationId());
    Calendar calendar = calendar(days, zone);
    return days.stream()
        .map(day -> schedule(calendar.day(day.barberId(), day.date()), day.date(), zone))
        .toList();
  }

  private static DaySchedule schedule(DayPlan plan, LocalDate date, ZoneId zone) {
    TimeRange whole = Calendar.dayOf(date, date, zone);
    return new DaySchedule(
        date,
        zone,
        plan.hours(),
        plan.absences().stream()
            .map(each -> new Absence(each.kind(), each.time().within(whole)))
            .toList(),
        plan.busy());
  }

  DayConflicts conflicts(BarberDay day) {
    ZoneId zone = zone(day.locationId());
    DayPlan plan = calendar(List.of(day), zone).day(day.barberId(), day.date());
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
        .orElseThrow(() -> Refusals.thrown(new Refusal.NoLocation(locationId)))
        .zone();
  }

  /** Of one barber. */
  private Calendar calendar(List<BarberDay> days, ZoneId zone) {
    BarberDay first = days.getFirst();
    Calendar calendar =
        plans.load(
            first.locationId(),
            zone,
            BarberChoice.of(first.barberId()),
            days.stream().map(BarberDay::date).collect(Collectors.toCollection(TreeSet::new)),
            null);
    if (calendar.barberIds().isEmpty()) {
      throw Refusals.thrown(new Refusal.NoBarber(first.locationId(), first.barberId()));
    }
    return calendar;
  }
}
