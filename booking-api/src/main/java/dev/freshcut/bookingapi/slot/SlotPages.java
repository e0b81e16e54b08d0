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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Computes slots from the database. What is missing is thrown, as it must not be cached. */
@Component
class SlotPages {
  /** Dates that are looked at together in the search for the next slot. */
  private static final int STRIDE_DAYS = 14;

  private final Schedules schedules;
  private final DayPlans plans;

  SlotPages(Schedules schedules, DayPlans plans) {
    this.schedules = schedules;
    this.plans = plans;
  }

  /** A date's slots of a service. */
  SlotPage load(SlotQuery query, @Nullable Long ignored) {
    BookingPolicy policy = policy(query.locationId());
    ServiceTerms terms = terms(query);
    Calendar calendar = calendar(query, policy, query.date(), query.date(), ignored);
    return page(policy, terms, calendar, query.date());
  }

  /** Slots as if the caller's appointment were not there: for moving it. */
  SlotPage loadWithout(long appointmentId, SlotQuery query, Caller caller) {
    if (!schedules.isMovableBy(caller, query.locationId(), appointmentId)) {
      throw thrown(new Refusal.NoAppointment(appointmentId));
    }
    return load(query, appointmentId);
  }

  /** The first date's slots from a date on, or how far none was found. */
  NextSlotPage next(SlotQuery query) {
    BookingPolicy policy = policy(query.locationId());
    ServiceTerms terms = terms(query);
    LocalDate last = query.date().plusDays(policy.horizonDays());
    for (LocalDate from = query.date(); !from.isAfter(last); from = from.plusDays(STRIDE_DAYS)) {
      LocalDate to = earlier(from.plusDays(STRIDE_DAYS - 1L), last);
      Calendar calendar = calendar(query, policy, from, to, null);
      Optional<LocalDate> found =
          from.datesUntil(to.plusDays(1))
              .filter(date -> !page(policy, terms, calendar, date).starts().isEmpty())
              .findFirst();
      if (found.isPresent()) {
        return new NextSlotPage(found.get(), page(policy, terms, calendar, found.get()));
      }
    }
    return new NextSlotPage(last, new SlotPage(policy, List.of()));
  }

  /** Slots from the query's date to another; none if there is nothing that could have any. */
  List<Start> between(SlotQuery query, LocalDate to) {
    Optional<BookingPolicy> policy = schedules.policy(query.locationId());
    Optional<ServiceTerms> terms = schedules.terms(query.locationId(), query.serviceId());
    if (policy.isEmpty() || terms.isEmpty()) {
      return List.of();
    }
    Calendar calendar =
        plans.load(query.locationId(), policy.get().zone(), query.barber(), query.date(), to, null);
    return query
        .date()
        .datesUntil(to.plusDays(1))
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

  private ServiceTerms terms(SlotQuery query) {
    return schedules
        .terms(query.locationId(), query.serviceId())
        .orElseThrow(() -> thrown(new Refusal.NoService(query.locationId(), query.serviceId())));
  }

  private Calendar calendar(
      SlotQuery query, BookingPolicy policy, LocalDate from, LocalDate to, @Nullable Long ignored) {
    Calendar calendar =
        plans.load(query.locationId(), policy.zone(), query.barber(), from, to, ignored);
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
