package dev.freshcut.bookingapi.slot;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * A date's start times as far as they depend on neither the clock nor the viewer.
 *
 * @param policy says which of them can still, or already, be booked
 * @param starts in order of time, then of duration
 */
record SlotPage(BookingPolicy policy, LocalDate date, List<Start> starts) {
  /**
   * A start time.
   *
   * @param duration of the appointment; barbers may differ in it
   * @param barberIds who is free then and takes that long, in ascending order; at least one
   */
  record Start(Instant at, Duration duration, List<Long> barberIds) {}

  /** Of a loaded schedule. */
  static SlotPage of(
      BookingPolicy policy, LocalDate date, ServiceTerms service, Calendar calendar) {
    return of(
        policy, date, service, calendar.barberIds(), barber -> calendar.day(barber, date).day());
  }

  /**
   * Puts barbers' days together.
   *
   * @param barberIds in ascending order
   * @param days each barber's
   */
  static SlotPage of(
      BookingPolicy policy,
      LocalDate date,
      ServiceTerms service,
      Collection<Long> barberIds,
      LongFunction<WorkingDay> days) {
    record Key(long at, Duration duration) {}
    SortedMap<Key, List<Long>> free =
        new TreeMap<>(Comparator.comparingLong(Key::at).thenComparing(Key::duration));
    for (long barber : barberIds) {
      Terms terms = service.of(barber).orElse(null);
      if (terms != null) {
        for (long start : days.apply(barber).starts(terms, policy.step())) {
          free.computeIfAbsent(new Key(start, terms.duration()), key -> new ArrayList<>())
              .add(barber);
        }
      }
    }
    List<Start> starts = new ArrayList<>(free.size());
    free.forEach(
        (key, barbers) ->
            starts.add(new Start(Instant.ofEpochSecond(key.at()), key.duration(), barbers)));
    return new SlotPage(policy, date, starts);
  }
}
