package dev.freshcut.bookingapi.slot;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What clients could book now, for the features that look for times by themselves. In five
 * statements, however many dates and however far apart.
 */
@Component
public class FreeTimes {
  private final Schedules schedules;
  private final DayPlans plans;
  private final Clock clock;

  FreeTimes(Schedules schedules, DayPlans plans, Clock clock) {
    this.schedules = schedules;
    this.plans = plans;
    this.clock = clock;
  }

  /**
   * A slot.
   *
   * @param barberIds who is free, in ascending order
   */
  public record FreeTime(LocalDate date, Instant startsAt, Instant endsAt, List<Long> barberIds) {}

  /**
   * The slots of some local dates in order of time; none if the location has no such barber or
   * service.
   */
  public List<FreeTime> on(
      Collection<LocalDate> dates, long locationId, BarberChoice barber, long serviceId) {
    Optional<BookingPolicy> policy = schedules.policy(locationId);
    return policy.isEmpty() || dates.isEmpty()
        ? List.of()
        : on(new TreeSet<>(dates), locationId, policy.get(), barber, serviceId, null);
  }

  /**
   * The same.
   *
   * @param dates at least one
   * @param moved an appointment of the service that is to be moved: its time counts as free, and it
   *     keeps its terms
   */
  List<FreeTime> on(
      SortedSet<LocalDate> dates,
      long locationId,
      BookingPolicy policy,
      BarberChoice barber,
      long serviceId,
      @Nullable Moved moved) {
    Optional<ServiceTerms> present = schedules.terms(locationId, serviceId);
    Optional<ServiceTerms> terms =
        moved == null ? present : Optional.of(ServiceTerms.of(moved, present));
    if (terms.isEmpty()) {
      return List.of();
    }
    Long ignored = moved == null ? null : moved.appointmentId();
    Calendar calendar = plans.load(locationId, policy.zone(), barber, dates, ignored);
    Instant now = clock.instant();
    return dates.stream()
        .map(date -> SlotPage.of(policy, date, terms.get(), calendar))
        .flatMap(page -> page.bookable(now).map(start -> freeTime(page.date(), start)))
        .toList();
  }

  private static FreeTime freeTime(LocalDate date, SlotPage.Start start) {
    return new FreeTime(date, start.at(), start.at().plus(start.duration()), start.barberIds());
  }
}
