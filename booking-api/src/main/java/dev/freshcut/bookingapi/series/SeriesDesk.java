package dev.freshcut.bookingapi.series;

import dev.freshcut.bookingapi.series.SeriesRefusal.Conflict;
import dev.freshcut.bookingapi.slot.Alternatives;
import dev.freshcut.bookingapi.slot.BarberChoice;
import dev.freshcut.bookingapi.slot.FreeTimes;
import dev.freshcut.bookingapi.slot.FreeTimes.FreeTime;
import dev.freshcut.bookingapi.slot.Refusals;
import dev.freshcut.bookingapi.slot.Schedules;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.write.Outcome;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Answers outcomes: what was done, or the problem that it is. */
@Component
class SeriesDesk {
  /** Other times to choose from, of each date. */
  private static final int ALTERNATIVES = 5;

  private final FreeTimes freeTimes;
  private final Schedules schedules;

  SeriesDesk(FreeTimes freeTimes, Schedules schedules) {
    this.freeTimes = freeTimes;
    this.schedules = schedules;
  }

  <T> T answer(Outcome<T, SeriesRefusal> outcome) {
    return outcome.orThrow(this::problem);
  }

  private ProblemException problem(SeriesRefusal refusal) {
    return switch (refusal) {
      case SeriesRefusal.NoSeries none ->
          new ProblemException(ProblemType.SERIES_NOT_FOUND, "Series " + none.id());
      case SeriesRefusal.Cancelled cancelled ->
          new ProblemException(
              ProblemType.SERIES_CANCELLED,
              "It is cancelled from %s on; make another.".formatted(cancelled.from()));
      case SeriesRefusal.NoBooking none -> new ProblemException(Refusals.problem(none.reason()));
      case SeriesRefusal.Conflicting conflicting ->
          new ProblemException(
              Problem.of(
                      ProblemType.SERIES_CONFLICT,
                      "Choose another time or barber, or leave these dates out (onConflict: skip).")
                  .withConflicts(conflicts(conflicting)));
    };
  }

  private List<Problem.Conflict> conflicts(SeriesRefusal.Conflicting conflicting) {
    ZoneId zone = schedules.policy(conflicting.locationId()).orElseThrow().zone();
    List<LocalDate> dates = conflicting.conflicts().stream().map(Conflict::date).toList();
    Map<LocalDate, List<FreeTime>> free =
        freeTimes
            .on(
                dates,
                conflicting.locationId(),
                new BarberChoice(conflicting.barberId()),
                conflicting.serviceId())
            .stream()
            .collect(Collectors.groupingBy(FreeTime::date));
    return conflicting.conflicts().stream()
        .map(each -> conflict(each, free.getOrDefault(each.date(), List.of()), zone))
        .toList();
  }

  private static Problem.Conflict conflict(Conflict conflict, List<FreeTime> free, ZoneId zone) {
    return new Problem.Conflict(
        conflict.date(),
        conflict.startsAt().atZone(zone).toOffsetDateTime(),
        Refusals.problem(conflict.reason()).code(),
        Alternatives.nearest(free, conflict.startsAt(), ALTERNATIVES, zone));
  }
}
