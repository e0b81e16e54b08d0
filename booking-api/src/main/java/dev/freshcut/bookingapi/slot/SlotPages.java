package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.slot.SlotPage.Start;
import dev.freshcut.bookingapi.web.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
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

  /** A date's slots of a service. */
  SlotPage load(SlotQuery query) {
    return load(query, query.date(), null).getFirst();
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
            .orElseThrow(() -> thrown(new Refusal.NoAppointment(appointmentId)));
    return load(query, to, moved);
  }

  private List<SlotPage> load(SlotQuery query, LocalDate to, @Nullable Moved moved) {
    BookingPolicy policy = policy(query.locationId());
    ServiceTerms terms =
        terms(query, moved)
            .orElseThrow(
                () -> thrown(new Refusal.NoService(query.locationId(), query.serviceId())));
    Calendar calendar = calendar(query, policy, query.date(), to, moved);
    return query
        .date()
        .datesUntil(to.plusDays(1))
        .map(date -> page(policy, terms, calendar, date))
        .toList();
  }

  /** An appointment that is moved keeps its terms, unless another service is asked for. */
  private Optional<ServiceTerms> terms(SlotQuery query, @Nullable Moved moved) {
    Optional<ServiceTerms> now = schedules.terms(query.locationId(), query.serviceId());
    return moved == null || moved.serviceId() != query.serviceId()
        ? now
        : Optional.of(ServiceTerms.of(moved, now));
  }

  /** The first date's slots from a date on, or how far none was found. */
  NextSlotPage next(SlotQuery query) {
    BookingPolicy policy = policy(query.locationId());
    ServiceTerms terms =
        terms(query, null)
            .orElseThrow(
                () -> thrown(new Refusal.NoService(query.locationId(), query.serviceId())));
    LocalDate last = query.date().plusDays(policy.horizonDays());
    LocalDate from = query.date();
    for (long days = FIRST_DAYS; !from.isAfter(last); days *= 2) {
      LocalDate to = earlier(from.plusDays(days - 1), last);
      Calendar calendar = calendar(query, policy, from, to, null);
      Optional<LocalDate> found =
          from.datesUntil(to.plusDays(1))
              .filter(date -> !page(policy, terms, calendar, date).starts().isEmpty())
              .findFirst();
      if (found.isPresent()) {
        return new NextSlotPage(found.get(), page(policy, terms, calendar, found.get()));
      }
      from = to.plusDays(1);
    }
    return new NextSlotPage(last, new SlotPage(policy, List.of()));
  }

  /** Slots from the query's date to another; none if there is nothing that could have any. */
  List<Start> between(SlotQuery query, LocalDate to, @Nullable Moved moved) {
    return on(
        query,
        query.date().datesUntil(to.plusDays(1)).collect(Collectors.toCollection(TreeSet::new)),
        moved);
  }

  /** The same of some dates, at least one. */
  List<Start> on(SlotQuery query, SortedSet<LocalDate> dates, @Nullable Moved moved) {
    Optional<BookingPolicy> policy = schedules.policy(query.locationId());
    Optional<ServiceTerms> terms = terms(query, moved);
    if (policy.isEmpty() || terms.isEmpty()) {
      return List.of();
    }
    Calendar calendar =
        plans.load(
            query.locationId(),
            policy.get().zone(),
            query.barber(),
            dates.first(),
            dates.last(),
            moved == null ? null : moved.appointmentId());
    return dates.stream()
        .flatMap(date -> page(policy.get(), terms.get(), calendar, date).starts().stream())
        .toList();
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }

  private BookingPolicy policy(long locationId) {
    return schedules
        .policy(locationId)
        .orElseThrow(() -> thrown(new Refusal.NoLocation(locationId)));
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
      throw thrown(new Refusal.NoBarber(query.locationId(), wanted));
    }
    return calendar;
  }

  private static ProblemException thrown(Refusal refusal) {
    return new ProblemException(Refusals.problem(refusal));
  }

  private static SlotPage page(
      BookingPolicy policy, ServiceTerms terms, Calendar calendar, LocalDate date) {
    record Key(Instant at, Duration duration) {}
    SortedMap<Key, List<Long>> free =
        new TreeMap<>(Comparator.comparing(Key::at).thenComparing(Key::duration));
    for (long barber : calendar.barberIds()) {
      terms
          .of(barber)
          .ifPresent(
              own ->
                  calendar
                      .day(barber, date)
                      .starts(own, policy.step())
                      .forEach(
                          start ->
                              free.computeIfAbsent(
                                      new Key(start, own.duration()), k -> new ArrayList<>())
                                  .add(barber)));
    }
    return new SlotPage(
        policy,
        free.entrySet().stream()
            .map(each -> new Start(each.getKey().at(), each.getKey().duration(), each.getValue()))
            .toList());
  }
}
