package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.slot.FreeTimes.FreeTime;
import dev.freshcut.bookingapi.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What to offer to somebody whose time is taken. */
@Component
public class Alternatives {
  private static final int MOST = 5;
  private static final int DAYS_BEFORE = 1;
  private static final int DAYS_AFTER = 6;

  private final Schedules schedules;
  private final FreeTimes freeTimes;

  Alternatives(Schedules schedules, FreeTimes freeTimes) {
    this.schedules = schedules;
    this.freeTimes = freeTimes;
  }

  /**
   * The slots nearest to a time that are free now, at most five, from the day before to six days
   * after: of the barber wanted, or of any if she has none.
   *
   * @param moved the appointment that they are for, if there is one yet
   */
  public List<Problem.Alternative> to(
      long locationId, BarberChoice barber, long serviceId, Instant wanted, @Nullable Moved moved) {
    Optional<BookingPolicy> policy = schedules.policy(locationId);
    if (policy.isEmpty()) {
      return List.of();
    }
    LocalDate date = policy.get().localDate(wanted);
    SortedSet<LocalDate> near =
        date.minusDays(DAYS_BEFORE)
            .datesUntil(date.plusDays(DAYS_AFTER + 1))
            .collect(Collectors.toCollection(TreeSet::new));
    List<FreeTime> own = freeTimes.on(near, locationId, policy.get(), barber, serviceId, moved);
    List<FreeTime> all =
        own.isEmpty() && barber.barberId() != null
            ? freeTimes.on(near, locationId, policy.get(), BarberChoice.any(), serviceId, moved)
            : own;
    return nearest(all, wanted, MOST, policy.get().zone());
  }

  /** Some of these times, the nearest first. */
  public static List<Problem.Alternative> nearest(
      List<FreeTime> times, Instant wanted, int most, ZoneId zone) {
    return times.stream()
        .sorted(Comparator.comparing(time -> Duration.between(wanted, time.startsAt()).abs()))
        .limit(most)
        .map(
            time ->
                new Problem.Alternative(
                    time.startsAt().atZone(zone).toOffsetDateTime(),
                    time.endsAt().atZone(zone).toOffsetDateTime(),
                    time.barberIds()))
        .toList();
  }
}
