package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.slot.BookingPolicy.Booker;
import dev.freshcut.bookingapi.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What to offer to somebody whose time is taken. */
@Component
public class Alternatives {
  private static final int MOST = 5;
  private static final int DAYS_BEFORE = 1;
  private static final int DAYS_AFTER = 6;

  private final Schedules schedules;
  private final SlotPages pages;
  private final Clock clock;

  Alternatives(Schedules schedules, SlotPages pages, Clock clock) {
    this.schedules = schedules;
    this.pages = pages;
    this.clock = clock;
  }

  /**
   * The slots nearest to a time that are free now, at most five, from the day before to six days
   * after: of the barber wanted, or of any if she has none.
   *
   * @param moved the appointment that they are for, if there is one yet
   */
  public List<Problem.Alternative> to(
      long locationId, BarberChoice barber, long serviceId, Instant wanted, @Nullable Moved moved) {
    return schedules
        .policy(locationId)
        .map(
            policy -> {
              SlotQuery query =
                  new SlotQuery(
                      locationId,
                      policy.localDate(wanted).minusDays(DAYS_BEFORE),
                      barber,
                      serviceId);
              List<Problem.Alternative> own = nearest(query, policy, wanted, moved);
              return own.isEmpty() && barber.barberId() != null
                  ? nearest(query.of(BarberChoice.any()), policy, wanted, moved)
                  : own;
            })
        .orElse(List.of());
  }

  private List<Problem.Alternative> nearest(
      SlotQuery query, BookingPolicy policy, Instant wanted, @Nullable Moved moved) {
    Instant now = clock.instant();
    return pages.between(query, query.date().plusDays(DAYS_BEFORE + DAYS_AFTER), moved).stream()
        .filter(start -> policy.refusal(start.at(), now, Booker.CLIENT).isEmpty())
        .sorted(Comparator.comparing(start -> Duration.between(wanted, start.at()).abs()))
        .limit(MOST)
        .map(
            start ->
                new Problem.Alternative(
                    start.at().atZone(policy.zone()).toOffsetDateTime(),
                    start.at().plus(start.duration()).atZone(policy.zone()).toOffsetDateTime(),
                    start.barberIds()))
        .toList();
  }
}
