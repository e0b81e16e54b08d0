package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.slot.BookingPolicy.Booker;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** What clients could book now, for the features that look for times by themselves. */
@Component
public class FreeTimes {
  private final Schedules schedules;
  private final SlotPages pages;
  private final Clock clock;

  FreeTimes(Schedules schedules, SlotPages pages, Clock clock) {
    this.schedules = schedules;
    this.pages = pages;
    this.clock = clock;
  }

  /**
   * A slot.
   *
   * @param barberIds who is free, in ascending order
   */
  public record FreeTime(LocalDate date, Instant startsAt, Instant endsAt, List<Long> barberIds) {}

  /**
   * The slots of some local dates in order of time, in five statements however many dates; none if
   * the location has no such barber or service.
   */
  public List<FreeTime> on(
      Collection<LocalDate> dates, long locationId, BarberChoice barber, long serviceId) {
    Optional<BookingPolicy> found = schedules.policy(locationId);
    if (found.isEmpty() || dates.isEmpty()) {
      return List.of();
    }
    BookingPolicy policy = found.get();
    Instant now = clock.instant();
    TreeSet<LocalDate> wanted = new TreeSet<>(dates);
    SlotQuery query = new SlotQuery(locationId, wanted.getFirst(), barber, serviceId);
    return pages.on(query, wanted, null).stream()
        .filter(start -> policy.refusal(start.at(), now, Booker.CLIENT).isEmpty())
        .map(
            start ->
                new FreeTime(
                    policy.localDate(start.at()),
                    start.at(),
                    start.at().plus(start.duration()),
                    start.barberIds()))
        .toList();
  }
}
