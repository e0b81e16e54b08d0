package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.slot.BarberChoice;
import dev.freshcut.bookingapi.slot.BookingPolicy;
import dev.freshcut.bookingapi.slot.BookingPolicy.Booker;
import dev.freshcut.bookingapi.slot.Calendar;
import dev.freshcut.bookingapi.slot.DayPlan;
import dev.freshcut.bookingapi.slot.DayPlans;
import dev.freshcut.bookingapi.slot.Refusal;
import dev.freshcut.bookingapi.slot.Schedules;
import dev.freshcut.bookingapi.slot.ServiceTerms;
import dev.freshcut.bookingapi.slot.Terms;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the barber for a time, so that nobody else can take it until the transaction ends.
 *
 * <p>Locks are taken in one order: the location, its barbers by id, appointments. Whoever changes a
 * schedule, the settings or a service locks the location or the barber as well (the database sees
 * to it), so that what is read here stays as it is.
 */
@Component
class Desk {
  private final AppointmentTable table;
  private final HoldTable holds;
  private final Schedules schedules;
  private final DayPlans plans;
  private final Clock clock;

  Desk(AppointmentTable table, HoldTable holds, Schedules schedules, DayPlans plans, Clock clock) {
    this.table = table;
    this.holds = holds;
    this.schedules = schedules;
    this.plans = plans;
    this.clock = clock;
  }

  /**
   * What is wanted.
   *
   * @param moved the appointment that is to be moved, which keeps what was agreed
   */
  record Wish(
      long locationId,
      BarberChoice barber,
      long serviceId,
      Booker booker,
      @Nullable AppointmentRow moved) {}

  /** Whose rules apply to a caller. */
  static Booker booker(Caller.User caller) {
    return caller.role() == Role.CLIENT ? Booker.CLIENT : Booker.STAFF;
  }

  /**
   * Who does it, what it takes of her time, and where the appointment begins to stand if it is a
   * new one.
   */
  record Place(long barberId, Terms terms, Status status) {}

  /** Where what is booked begins to stand: some shops want to confirm what clients book. */
  static Status status(BookingPolicy policy, Booker booker) {
    return booker == Booker.CLIENT && policy.confirmationRequired()
        ? Status.PENDING
        : Status.CONFIRMED;
  }

  /** Finds the place for a time, and holds the locks that keep it. */
  Outcome<Place, Refusal> place(Wish wish, Instant start, RowChanges changes) {
    return Objects.requireNonNull(places(wish, new TreeSet<>(Set.of(start)), changes).get(start));
  }

  /**
   * The same for several times, in as many statements as for one.
   *
   * @param starts on different dates, as a place does not count for the others
   * @return what came of each
   */
  SortedMap<Instant, Outcome<Place, Refusal>> places(
      Wish wish, SortedSet<Instant> starts, RowChanges changes) {
    if (!table.lockLocation(wish.locationId())) {
      return none(starts, new Refusal.NoLocation(wish.locationId()));
    }
    Long wanted = wish.barber().barberId();
    List<Long> barbers = table.lockBarbers(wish.locationId(), wanted);
    // Only now, as what a barber does differently may change until she is locked.
    BookingPolicy policy = schedules.policy(wish.locationId()).orElseThrow();
    Optional<ServiceTerms> terms = terms(wish);
    if (terms.isEmpty()) {
      return none(starts, new Refusal.NoService(wish.locationId(), wish.serviceId()));
    }
    if (barbers.isEmpty()) {
      return none(
          starts,
          wanted == null
              ? new Refusal.NotWorking()
              : new Refusal.NoBarber(wish.locationId(), wanted));
    }
    SortedMap<Instant, Outcome<Place, Refusal>> places = new TreeMap<>();
    SortedMap<LocalDate, Instant> byDate = new TreeMap<>();
    Instant now = clock.instant();
    for (Instant start : starts) {
      Optional<Refusal> tooSoonOrLate = policy.refusal(start, now, wish.booker());
      if (tooSoonOrLate.isPresent()) {
        places.put(start, Outcome.refused(tooSoonOrLate.get()));
      } else if (byDate.put(policy.localDate(start), start) != null) {
        throw new IllegalArgumentException("of one date: " + starts);
      }
    }
    if (!byDate.isEmpty()) {
      holds.expire(barbers, changes);
      Calendar calendar = calendar(wish, policy, new TreeSet<>(byDate.keySet()));
      byDate.forEach(
          (date, start) ->
              places.put(start, choose(wish, start, policy, terms.get(), calendar, date)));
    }
    return places;
  }

  /** An appointment that is moved keeps what was agreed. */
  private Optional<ServiceTerms> terms(Wish wish) {
    Optional<ServiceTerms> now = schedules.terms(wish.locationId(), wish.serviceId());
    AppointmentRow moved = wish.moved();
    return moved == null ? now : Optional.of(ServiceTerms.of(moved.moved(), now));
  }

  private static SortedMap<Instant, Outcome<Place, Refusal>> none(
      SortedSet<Instant> starts, Refusal reason) {
    SortedMap<Instant, Outcome<Place, Refusal>> places = new TreeMap<>();
    starts.forEach(start -> places.put(start, Outcome.refused(reason)));
    return places;
  }

  private Calendar calendar(Wish wish, BookingPolicy policy, SortedSet<LocalDate> dates) {
    AppointmentRow moved = wish.moved();
    Long ignored = moved == null ? null : moved.id();
    return plans.load(wish.locationId(), policy.zone(), wish.barber(), dates, ignored);
  }

  private static Outcome<Place, Refusal> choose(
      Wish wish,
      Instant start,
      BookingPolicy policy,
      ServiceTerms terms,
      Calendar calendar,
      LocalDate date) {
    record Candidate(long barberId, DayPlan plan) {}
    List<Candidate> leastLoadedFirst =
        calendar.barberIds().stream()
            .map(id -> new Candidate(id, calendar.day(id, date)))
            .sorted(
                Comparator.comparing((Candidate each) -> each.plan().load())
                    .thenComparingLong(Candidate::barberId))
            .toList();
    List<Refusal> reasons = new ArrayList<>();
    for (Candidate candidate : leastLoadedFirst) {
      Optional<Terms> own = terms.of(candidate.barberId());
      if (own.isEmpty()) {
        reasons.add(new Refusal.NotOffered(candidate.barberId(), wish.serviceId()));
        continue;
      }
      Optional<Refusal> reason = candidate.plan().refusal(own.get(), start);
      if (reason.isEmpty()) {
        return Outcome.done(
            new Place(candidate.barberId(), own.get(), status(policy, wish.booker())));
      }
      reasons.add(reason.get());
    }
    return Outcome.refused(nearestToYes(reasons));
  }

  /** Of several barbers' reasons the one that another time would mend most easily. */
  private static Refusal nearestToYes(List<Refusal> reasons) {
    return reasons.stream()
        .min(
            Comparator.comparingInt(
                reason ->
                    switch (reason) {
                      case Refusal.Taken taken -> 0;
                      case Refusal.CrossesMidnight crosses -> 1;
                      case Refusal.NotWorking not -> 2;
                      default -> 3;
                    }))
        .orElseThrow();
  }
}
