package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.slot.BookingPolicy.Booker;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

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

  /** Those that clients can book now. */
  Stream<Start> bookable(Instant now) {
    if (policy.refusal(date, now, Booker.CLIENT).isPresent()) {
      return Stream.empty();
    }
    Instant earliest = policy.earliest(now, Booker.CLIENT);
    return starts.stream().filter(start -> !start.at().isBefore(earliest));
  }

  /** Of a loaded schedule. */
  static SlotPage of(
      BookingPolicy policy, LocalDate date, ServiceTerms service, Calendar calendar) {
    List<Long> barberIds = List.copyOf(calendar.barberIds());
    return of(
        policy,
        date,
        service,
        barberIds,
        barberIds.stream().map(barber -> calendar.day(barber, date).day()).toList());
  }

  /**
   * Puts barbers' days together.
   *
   * @param barberIds in ascending order
   * @param days each barber's, in their order
   */
  static SlotPage of(
      BookingPolicy policy,
      LocalDate date,
      ServiceTerms service,
      List<Long> barberIds,
      List<WorkingDay> days) {
    record Key(long at, Duration duration) {}
    SortedMap<Key, List<Long>> free =
        new TreeMap<>(Comparator.comparingLong(Key::at).thenComparing(Key::duration));
    for (int i = 0; i < barberIds.size(); i++) {
      long barber = barberIds.get(i);
      Terms terms = service.of(barber).orElse(null);
      if (terms != null) {
        for (long start : days.get(i).starts(terms, policy.step())) {
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
