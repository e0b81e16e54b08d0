package dev.freshcut.bookingapi.series;

import dev.freshcut.bookingapi.appointment.Bookings;
import dev.freshcut.bookingapi.appointment.Bookings.Kept;
import dev.freshcut.bookingapi.series.SeriesRefusal.Conflict;
import dev.freshcut.bookingapi.slot.BookingPolicy;
import dev.freshcut.bookingapi.slot.BookingPolicy.Booker;
import dev.freshcut.bookingapi.slot.Refusal;
import dev.freshcut.bookingapi.slot.Refusals;
import dev.freshcut.bookingapi.slot.WallClock;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds the places of a series' occurrences and books them, all within the caller's transaction and
 * in as many statements as one appointment. First all places are found, whose locks hold until the
 * transaction ends; then, if what is wanted allows it, the appointments are made.
 */
@Component
class Planner {
  private final Bookings bookings;
  private final SeriesTable table;

  Planner(Bookings bookings, SeriesTable table) {
    this.bookings = bookings;
    this.table = table;
  }

  /** What is wanted, on each of the dates. */
  record Wish(
      long locationId,
      @Nullable Long barberId,
      long serviceId,
      List<LocalDate> dates,
      LocalTime time,
      boolean skipsConflicts,
      Booker booker) {}

  /** The dates that have a place, and those that have none. */
  record Plan(SortedMap<LocalDate, Kept> kept, List<Conflict> conflicts) {}

  Outcome<Plan, SeriesRefusal> plan(Wish wish, RowChanges changes) {
    Optional<BookingPolicy> policy = bookings.lockLocation(wish.locationId());
    if (policy.isEmpty()) {
      return Outcome.refused(
          new SeriesRefusal.NoBooking(new Refusal.NoLocation(wish.locationId())));
    }
    SortedMap<Instant, LocalDate> dates = new TreeMap<>();
    for (LocalDate date : wish.dates()) {
      dates.put(WallClock.at(date.atTime(wish.time()), policy.get().zone()), date);
    }
    Bookings.Wanted wanted =
        new Bookings.Wanted(wish.locationId(), wish.barberId(), wish.serviceId());
    SortedMap<Instant, Outcome<Kept, Refusal>> found =
        bookings.keep(wish.booker(), wanted, new TreeSet<>(dates.keySet()), changes);
    SortedMap<LocalDate, Kept> kept = new TreeMap<>();
    List<Conflict> conflicts = new ArrayList<>();
    for (Map.Entry<Instant, LocalDate> each : dates.entrySet()) {
      LocalDate date = each.getValue();
      switch (Objects.requireNonNull(found.get(each.getKey()))) {
        case Outcome.Done<Kept, Refusal> place -> kept.put(date, place.value());
        case Outcome.Refused<Kept, Refusal> refused -> {
          if (!isOfTheDate(refused.reason())) {
            return Outcome.refused(new SeriesRefusal.NoBooking(refused.reason()));
          }
          conflicts.add(new Conflict(date, each.getKey(), refused.reason()));
        }
      }
    }
    boolean acceptable = conflicts.isEmpty() || (wish.skipsConflicts() && !kept.isEmpty());
    return acceptable
        ? Outcome.done(new Plan(kept, conflicts))
        : Outcome.refused(
            new SeriesRefusal.Conflicting(
                wish.locationId(), wish.barberId(), wish.serviceId(), conflicts));
  }

  /** Whether another date might do. What is too soon or too far is a wrong wish altogether. */
  private static boolean isOfTheDate(Refusal reason) {
    return switch (reason) {
      case Refusal.Taken taken -> true;
      case Refusal.NotWorking not -> true;
      case Refusal.CrossesMidnight crosses -> true;
      default -> false;
    };
  }

  void book(
      Plan plan,
      long locationId,
      long seriesId,
      long customerId,
      @Nullable String note,
      RowChanges changes) {
    bookings.book(plan.kept(), seriesId, customerId, note, changes);
    SortedMap<LocalDate, String> skips = new TreeMap<>();
    for (Conflict conflict : plan.conflicts()) {
      skips.put(conflict.date(), Refusals.problem(conflict.reason()).code());
    }
    table.skip(locationId, seriesId, skips);
  }
}
