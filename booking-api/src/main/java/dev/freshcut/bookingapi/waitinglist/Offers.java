package dev.freshcut.bookingapi.waitinglist;

import dev.freshcut.bookingapi.appointment.Bookings;
import dev.freshcut.bookingapi.appointment.Bookings.Kept;
import dev.freshcut.bookingapi.slot.BarberChoice;
import dev.freshcut.bookingapi.slot.BookingPolicy;
import dev.freshcut.bookingapi.slot.BookingPolicy.Booker;
import dev.freshcut.bookingapi.slot.FreeTimes;
import dev.freshcut.bookingapi.slot.FreeTimes.FreeTime;
import dev.freshcut.bookingapi.slot.Refusal;
import dev.freshcut.bookingapi.slot.Schedules;
import dev.freshcut.bookingapi.slot.WallClock;
import dev.freshcut.bookingapi.waitinglist.SignalTable.Signal;
import dev.freshcut.bookingapi.write.Outcome;
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
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/**
 * Offers free time to those who wait, in the order in which they came. A few offers are one
 * transaction, by fresh data, and a location is one instance's business at a time: so nobody is
 * passed over. For whom nothing fits nothing will within it, as offers free no time.
 */
@Component
class Offers {
  /** What begins sooner is not offered: hardly anybody would hear of it in time. */
  private static final Duration LEAST_NOTICE = Duration.ofMinutes(10);

  /** Offers of one transaction, during which nobody else can book at the location. */
  static final int AT_ONCE = 5;

  private final SignalTable signals;
  private final EntryTable entries;
  private final FreeTimes freeTimes;
  private final Schedules schedules;
  private final Bookings bookings;
  private final Writes writes;
  private final WaitingListSettings settings;
  private final Clock clock;

  Offers(
      SignalTable signals,
      EntryTable entries,
      FreeTimes freeTimes,
      Schedules schedules,
      Bookings bookings,
      Writes writes,
      WaitingListSettings settings,
      Clock clock) {
    this.signals = signals;
    this.entries = entries;
    this.freeTimes = freeTimes;
    this.schedules = schedules;
    this.bookings = bookings;
    this.writes = writes;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Makes a location's next offers, or notes that its signals are seen to.
   *
   * @return whether there may be more
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
    Optional<BookingPolicy> policy = schedules.policy(locationId);
    if (policy.isPresent() && offer(locationId, policy.get(), seen, changes)) {
      return true;
    }
    signals.delete(seen);
    return false;
  }

  /** Whether there may be more. */
  private boolean offer(
      long locationId, BookingPolicy policy, List<Signal> seen, RowChanges changes) {
    List<EntryRow> waiting = signals.waiting(locationId);
    LocalDate today = policy.localDate(clock.instant());
    Map<Long, List<FreeTime>> free = new HashMap<>();
    dates(waiting, seen, today, today.plusDays(policy.horizonDays()))
        .forEach(
            (service, wanted) ->
                free.put(service, freeTimes.on(wanted, locationId, BarberChoice.any(), service)));
    int made = 0;
    for (EntryRow entry : waiting) {
      if (made == AT_ONCE) {
        return true;
      }
      Taken taken = offer(entry, free.getOrDefault(entry.serviceId(), List.of()), changes);
      if (taken != null) {
        free.replaceAll((service, times) -> without(taken, times));
        made++;
      }
    }
    return false;
  }

  /** Dates by service that somebody waits for, a signal is about, and can be booked. */
  static Map<Long, NavigableSet<LocalDate>> dates(
      List<EntryRow> waiting, List<Signal> seen, LocalDate today, LocalDate horizon) {
    boolean any = seen.stream().anyMatch(signal -> signal.date() == null);
    NavigableSet<LocalDate> signalled =
        seen.stream()
            .flatMap(signal -> Stream.ofNullable(signal.date()))
            .collect(Collectors.toCollection(TreeSet::new));
    Map<Long, NavigableSet<LocalDate>> dates = new HashMap<>();
    for (EntryRow entry : waiting) {
      NavigableSet<LocalDate> wanted =
          dates.computeIfAbsent(entry.serviceId(), s -> new TreeSet<>());
      LocalDate first = entry.firstDate().isBefore(today) ? today : entry.firstDate();
      LocalDate last = entry.lastDate().isAfter(horizon) ? horizon : entry.lastDate();
      if (first.isAfter(last)) {
        continue;
      }
      if (any) {
        first.datesUntil(last.plusDays(1)).forEach(wanted::add);
      } else {
        wanted.addAll(signalled.subSet(first, true, last, true));
      }
    }
    return dates;
  }

  /** What an offer has taken. */
  private record Taken(long barberId, FreeTime time) {}

  private static List<FreeTime> without(Taken taken, List<FreeTime> times) {
    return times.stream()
        .map(time -> without(taken, time))
        .filter(time -> !time.barberIds().isEmpty())
        .toList();
  }

  private static FreeTime without(Taken taken, FreeTime time) {
    if (!time.startsAt().isBefore(taken.time().endsAt())
        || !taken.time().startsAt().isBefore(time.endsAt())) {
      return time;
    }
    List<Long> left = time.barberIds().stream().filter(id -> id != taken.barberId()).toList();
    return new FreeTime(time.date(), time.startsAt(), time.endsAt(), left);
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

  /** Offers the earliest time that fits; null if none does. */
  private @Nullable Taken offer(EntryRow entry, List<FreeTime> free, RowChanges changes) {
    Instant soonest = clock.instant().plus(LEAST_NOTICE);
    for (FreeTime time : free) {
      if (!time.startsAt().isBefore(soonest) && fits(entry, time)) {
        Taken taken = offer(entry, time, changes);
        if (taken != null) {
          return taken;
        }
      }
    }
    return null;
  }

  private @Nullable Taken offer(EntryRow entry, FreeTime time, RowChanges changes) {
    for (Long barber : barbers(entry, time)) {
      Bookings.Wanted wanted = new Bookings.Wanted(entry.locationId(), barber, entry.serviceId());
      if (bookings.keep(Booker.CLIENT, wanted, time.startsAt(), changes)
          instanceof Outcome.Done<Kept, Refusal> place) {
        long hold =
            bookings.hold(place.value(), duration(time.startsAt()), entry.ownerId(), changes);
        if (!entries.offer(entry.id(), hold)) {
          throw new OptimisticLockingFailureException("the entry no longer waits");
        }
        return new Taken(place.value().barberId(), time);
      }
      // Booked since it was looked at, though it was free a moment ago.
    }
    return null;
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
