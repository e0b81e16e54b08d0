package dev.freshcut.bookingapi.waitinglist;

import dev.freshcut.bookingapi.appointment.Bookings;
import dev.freshcut.bookingapi.appointment.Bookings.Kept;
import dev.freshcut.bookingapi.appointment.Outcome;
import dev.freshcut.bookingapi.slot.BarberChoice;
import dev.freshcut.bookingapi.slot.BookingPolicy.Booker;
import dev.freshcut.bookingapi.slot.FreeTimes;
import dev.freshcut.bookingapi.slot.FreeTimes.FreeTime;
import dev.freshcut.bookingapi.slot.WallClock;
import dev.freshcut.bookingapi.waitinglist.SignalTable.Signal;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Writes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Offers free time to those who wait, in the order in which they came. One offer is one
 * transaction, by fresh data, and a location is one instance's business at a time: so nobody is
 * passed over.
 */
@Component
class Offers {
  /** What begins sooner is not offered: hardly anybody would hear of it in time. */
  private static final Duration LEAST_NOTICE = Duration.ofMinutes(10);

  private final SignalTable signals;
  private final EntryTable entries;
  private final FreeTimes freeTimes;
  private final Bookings bookings;
  private final Writes writes;
  private final WaitingListSettings settings;
  private final Clock clock;

  Offers(
      SignalTable signals,
      EntryTable entries,
      FreeTimes freeTimes,
      Bookings bookings,
      Writes writes,
      WaitingListSettings settings,
      Clock clock) {
    this.signals = signals;
    this.entries = entries;
    this.freeTimes = freeTimes;
    this.bookings = bookings;
    this.writes = writes;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Makes a location's next offer, or notes that its signals are seen to.
   *
   * @return whether an offer was made, so that there may be another
   */
  boolean next(long locationId) {
    return writes.run(changes -> next(locationId, changes)).value();
  }

  private boolean next(long locationId, RowChanges changes) {
    if (!signals.tryTurn(locationId)) {
      return false; // another instance's business
    }
    List<Signal> seen = signals.of(locationId);
    if (seen.isEmpty()) {
      return false;
    }
    List<EntryRow> waiting = signals.waiting(locationId);
    Map<Long, List<FreeTime>> free = free(locationId, waiting, seen);
    Instant soonest = clock.instant().plus(LEAST_NOTICE);
    for (EntryRow entry : waiting) {
      for (FreeTime time : free.getOrDefault(entry.serviceId(), List.of())) {
        if (!time.startsAt().isBefore(soonest)
            && fits(entry, time)
            && offer(entry, time, changes)) {
          return true;
        }
      }
    }
    signals.delete(seen);
    return false;
  }

  /** Free times by service, of the dates that somebody waits for and a signal is about. */
  private Map<Long, List<FreeTime>> free(
      long locationId, List<EntryRow> waiting, List<Signal> seen) {
    boolean any = seen.stream().anyMatch(signal -> signal.date() == null);
    NavigableSet<LocalDate> signalled =
        seen.stream()
            .flatMap(signal -> Stream.ofNullable(signal.date()))
            .collect(Collectors.toCollection(TreeSet::new));
    Map<Long, NavigableSet<LocalDate>> dates = new HashMap<>();
    for (EntryRow entry : waiting) {
      NavigableSet<LocalDate> wanted =
          dates.computeIfAbsent(entry.serviceId(), s -> new TreeSet<>());
      if (any) {
        entry.firstDate().datesUntil(entry.lastDate().plusDays(1)).forEach(wanted::add);
      } else {
        wanted.addAll(signalled.subSet(entry.firstDate(), true, entry.lastDate(), true));
      }
    }
    Map<Long, List<FreeTime>> free = new HashMap<>();
    dates.forEach(
        (service, wanted) ->
            free.put(service, freeTimes.on(wanted, locationId, BarberChoice.any(), service)));
    return free;
  }

  private static boolean fits(EntryRow entry, FreeTime time) {
    LocalDate date = time.date();
    return !date.isBefore(entry.firstDate())
        && !date.isAfter(entry.lastDate())
        && (entry.barberId() == null || time.barberIds().contains(entry.barberId()))
        && (entry.notBefore() == null
            || !time.startsAt()
                .isBefore(WallClock.at(date.atTime(entry.notBefore()), entry.zone())))
        && (entry.notAfter() == null
            || !time.endsAt().isAfter(WallClock.at(date.atTime(entry.notAfter()), entry.zone())));
  }

  private boolean offer(EntryRow entry, FreeTime time, RowChanges changes) {
    for (Long barber : barbers(entry, time)) {
      Bookings.Wanted wanted =
          new Bookings.Wanted(entry.locationId(), barber, entry.serviceId(), time.startsAt());
      if (bookings.keep(Booker.CLIENT, wanted, changes) instanceof Outcome.Done<Kept> place) {
        long hold =
            bookings.hold(place.value(), duration(time.startsAt()), entry.ownerId(), changes);
        if (!entries.offer(entry.id(), hold)) {
          throw new OptimisticLockingFailureException("the entry no longer waits");
        }
        return true;
      }
      // Booked since it was looked at, though it was free a moment ago.
    }
    return false;
  }

  /** Each who would do; null is whoever has least to do, as all take the same time. */
  private static List<@Nullable Long> barbers(EntryRow entry, FreeTime time) {
    if (entry.barberId() != null) {
      return List.of(entry.barberId());
    }
    List<@Nullable Long> barbers = new ArrayList<>();
    if (entry.notAfter() == null) {
      barbers.add(null);
    } else {
      barbers.addAll(time.barberIds());
    }
    return barbers;
  }

  private Duration duration(Instant start) {
    Duration left = Duration.between(clock.instant(), start);
    return left.compareTo(settings.offer()) < 0 ? left : settings.offer();
  }
}
