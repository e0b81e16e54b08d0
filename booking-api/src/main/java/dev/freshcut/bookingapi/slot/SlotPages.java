package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.security.Caller;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Computes slots from the database. What is missing is thrown, as it must not be cached. */
@Component
class SlotPages {
  /**
   * Dates that are looked at together at first in the search for the next slot; then twice as many
   * each time, so that the longest horizon takes six looks.
   */
  private static final int FIRST_DAYS = 14;

  private final Schedules schedules;
  private final DayPlans plans;

  SlotPages(Schedules schedules, DayPlans plans) {
    this.schedules = schedules;
    this.plans = plans;
  }

  /** Each date's slots, from the query's to another. */
  List<SlotPage> load(SlotQuery query, LocalDate to) {
    return load(query, to, null);
  }

  /** The same as if the caller's appointment were not there: for moving it. */
  List<SlotPage> loadWithout(long appointmentId, SlotQuery query, LocalDate to, Caller caller) {
    Moved moved =
        schedules
            .movable(caller, query.locationId(), appointmentId)
            .orElseThrow(() -> Refusals.thrown(new Refusal.NoAppointment(appointmentId)));
    return load(query, to, moved);
  }

  private List<SlotPage> load(SlotQuery query, LocalDate to, @Nullable Moved moved) {
    BookingPolicy policy = policy(query.locationId());
    ServiceTerms terms =
        terms(query, moved)
            .orElseThrow(
                () ->
                    Refusals.thrown(new Refusal.NoService(query.locationId(), query.serviceId())));
    Calendar calendar = calendar(query, policy, query.date(), to, moved);
    return query
        .date()
        .datesUntil(to.plusDays(1))
        .map(date -> SlotPage.of(policy, date, terms, calendar))
        .toList();
  }

  /** An appointment that is moved keeps its terms, unless another service is asked for. */
  private Optional<ServiceTerms> terms(SlotQuery query, @Nullable Moved moved) {
    Optional<ServiceTerms> now = schedules.terms(query.locationId(), query.serviceId());
    return moved == null || moved.serviceId() != query.serviceId()
        ? now
        : Optional.of(ServiceTerms.of(moved, now));
  }

  /**
   * The first date that has slots which clients can book now, from the query's to a last.
   *
   * @param service what it takes
   */
  Optional<SlotPage> next(
      SlotQuery query, LocalDate last, BookingPolicy policy, ServiceTerms service, Instant now) {
    LocalDate from = query.date();
    for (long days = FIRST_DAYS; !from.isAfter(last); days *= 2) {
      LocalDate to = Collections.min(List.of(from.plusDays(days - 1), last));
      Calendar calendar = calendar(query, policy, from, to, null);
      Optional<SlotPage> found =
          from.datesUntil(to.plusDays(1))
              .map(date -> SlotPage.of(policy, date, service, calendar))
              .filter(page -> page.bookable(now).findAny().isPresent())
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
      from = to.plusDays(1);
    }
    return Optional.empty();
  }

  /**
   * What dates of a location's barbers have of working time and appointments, whatever the service.
   */
  List<WorkingDay> days(List<BarberDay> days) {
    long locationId = days.getFirst().locationId();
    ZoneId zone = policy(locationId).zone();
    Calendar calendar =
        plans.load(
            locationId,
            zone,
            days.stream().map(BarberDay::barberId).collect(Collectors.toSet()),
            days.stream().map(BarberDay::date).collect(Collectors.toCollection(TreeSet::new)),
            null);
    return days.stream()
        .map(
            day ->
                // Who is gone meanwhile does not work.
                calendar.barberIds().contains(day.barberId())
                    ? calendar.day(day.barberId(), day.date()).day()
                    : WorkingDay.of(day.date(), zone, List.of(), List.of(), List.of()))
        .toList();
  }

  private BookingPolicy policy(long locationId) {
    return schedules
        .policy(locationId)
        .orElseThrow(() -> Refusals.thrown(new Refusal.NoLocation(locationId)));
  }

  private Calendar calendar(
      SlotQuery query, BookingPolicy policy, LocalDate from, LocalDate to, @Nullable Moved moved) {
    Calendar calendar =
        plans.load(
            query.locationId(),
            policy.zone(),
            query.barber(),
            from,
            to,
            moved == null ? null : moved.appointmentId());
    Long wanted = query.barber().barberId();
    if (wanted != null && calendar.barberIds().isEmpty()) {
      throw Refusals.thrown(new Refusal.NoBarber(query.locationId(), wanted));
    }
    return calendar;
  }
}
