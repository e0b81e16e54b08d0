package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.security.Caller;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
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

  /** The first date that has slots, from the query's to a last. */
  Optional<SlotPage> next(SlotQuery query, LocalDate last) {
    BookingPolicy policy = policy(query.locationId());
    ServiceTerms terms =
        terms(query, null)
            .orElseThrow(
                () ->
                    Refusals.thrown(new Refusal.NoService(query.locationId(), query.serviceId())));
    LocalDate from = query.date();
    for (long days = FIRST_DAYS; !from.isAfter(last); days *= 2) {
      LocalDate to = earlier(from.plusDays(days - 1), last);
      Calendar calendar = calendar(query, policy, from, to, null);
      Optional<SlotPage> found =
          from.datesUntil(to.plusDays(1))
              .map(date -> SlotPage.of(policy, date, terms, calendar))
              .filter(page -> !page.starts().isEmpty())
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
      from = to.plusDays(1);
    }
    return Optional.empty();
  }

  /** What barbers' dates have of working time and appointments, whatever the service. */
  List<WorkingDay> days(List<BarberDay> days) {
    Map<Long, List<BarberDay>> byLocation =
        days.stream().collect(Collectors.groupingBy(BarberDay::locationId));
    Map<BarberDay, WorkingDay> found = new HashMap<>();
    byLocation.forEach((location, some) -> found.putAll(days(location, some)));
    return days.stream().map(day -> Objects.requireNonNull(found.get(day))).toList();
  }

  private Map<BarberDay, WorkingDay> days(long locationId, List<BarberDay> days) {
    ZoneId zone = policy(locationId).zone();
    SortedSet<LocalDate> dates =
        days.stream().map(BarberDay::date).collect(Collectors.toCollection(TreeSet::new));
    SortedSet<Long> barbers =
        days.stream().map(BarberDay::barberId).collect(Collectors.toCollection(TreeSet::new));
    BarberChoice choice =
        barbers.size() == 1 ? BarberChoice.of(barbers.first()) : BarberChoice.any();
    Calendar calendar = plans.load(locationId, zone, choice, dates, null);
    Map<BarberDay, WorkingDay> found = new HashMap<>();
    for (BarberDay day : days) {
      // Who is gone meanwhile does not work.
      found.put(
          day,
          calendar.barberIds().contains(day.barberId())
              ? calendar.day(day.barberId(), day.date()).day()
              : WorkingDay.of(day.date(), zone, List.of(), List.of(), List.of()));
    }
    return found;
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
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
