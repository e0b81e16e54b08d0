package dev.freshcut.bookingapi.slot;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Appointments to come that the schedule, as it is now, has no room for: what whoever has changed
 * it should move or cancel. In four statements, however many.
 */
@Component
public final class FutureConflicts {
  private static final int LISTED = 20;

  private final DayPlans plans;
  private final JdbcClient database;
  private final Clock clock;

  FutureConflicts(DayPlans plans, JdbcClient database, Clock clock) {
    this.plans = plans;
    this.database = database;
    this.clock = clock;
  }

  /**
   * How many there are, and the first of them.
   *
   * @param count of all
   * @param first at most 20, in order of time
   */
  @Schema(name = "FutureConflicts")
  public record Summary(
      @Schema(requiredMode = RequiredMode.REQUIRED) int count,
      @Schema(requiredMode = RequiredMode.REQUIRED) List<One> first) {
    /** Nothing is in the way. */
    public static final Summary NONE = new Summary(0, List.of());

    public Summary {
      first = List.copyOf(first);
    }
  }

  /** One of them; why, the barber's conflicts of that date say. */
  @Schema(name = "FutureConflict")
  public record One(
      @Schema(requiredMode = RequiredMode.REQUIRED) long appointmentId,
      @Schema(requiredMode = RequiredMode.REQUIRED) long barberId,
      @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate date,
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime startsAt) {}

  /**
   * Those of a location's active barbers, or of one, on the dates that were touched: the location
   * is locked meanwhile, so nothing else is looked at. Within the caller's transaction.
   */
  public Summary search(long locationId, ZoneId zone, BarberChoice choice, TouchedDates touched) {
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, zone);
    LocalDate first = later(today, touched.first());
    LocalDate last = earlier(today.plusDays(BookingPolicy.MAX_HORIZON_DAYS), touched.last());
    if (first.isAfter(last)) {
      return Summary.NONE;
    }
    SortedSet<LocalDate> booked =
        booked(locationId, choice, first, last).stream()
            .filter(touched::has)
            .collect(Collectors.toCollection(TreeSet::new));
    if (booked.isEmpty()) {
      return Summary.NONE;
    }
    Calendar calendar = plans.load(locationId, zone, choice, booked, null);
    List<One> found = new ArrayList<>();
    for (long barber : calendar.barberIds()) {
      Map<LocalDate, List<Busy>> hers = calendar.busy().getOrDefault(barber, Map.of());
      for (LocalDate date : booked) {
        if (hers.containsKey(date)) {
          withoutRoom(calendar.day(barber, date), now)
              .map(
                  busy ->
                      new One(
                          busy.appointmentId(),
                          barber,
                          date,
                          busy.startsAt().atZone(zone).toOffsetDateTime()))
              .forEach(found::add);
        }
      }
    }
    found.sort(Comparator.comparing((One one) -> one.startsAt().toInstant()));
    return new Summary(found.size(), found.subList(0, Math.min(LISTED, found.size())));
  }

  private static Stream<Busy> withoutRoom(DayPlan plan, Instant now) {
    return plan.busy().stream()
        .filter(busy -> busy.endsAt().isAfter(now))
        .filter(busy -> !BarberDays.reasons(plan, busy).isEmpty());
  }

  private List<LocalDate> booked(
      long locationId, BarberChoice choice, LocalDate first, LocalDate last) {
    return database
        .sql(
            """
                SELECT DISTINCT local_date FROM appointments
                WHERE location_id = :location AND local_date BETWEEN :first AND :last
                  AND occupies_time(status) AND (:barber::bigint IS NULL OR barber_id = :barber)
                ORDER BY local_date
                """)
        .param("location", locationId)
        .param("first", first)
        .param("last", last)
        .param("barber", choice.barberId())
        .query(LocalDate.class)
        .list();
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }
}
