package dev.freshcut.bookingapi.series;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.series.SeriesOutcome.Conflict;
import dev.freshcut.bookingapi.slot.Alternatives;
import dev.freshcut.bookingapi.slot.BarberChoice;
import dev.freshcut.bookingapi.slot.FreeTimes;
import dev.freshcut.bookingapi.slot.FreeTimes.FreeTime;
import dev.freshcut.bookingapi.slot.Refusals;
import dev.freshcut.bookingapi.slot.Schedules;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
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

  <T> Written<T> answer(Written<SeriesOutcome<T>> written) {
    return new Written<>(answer(written.value()), written.xid());
  }

  <T> T answer(SeriesOutcome<T> outcome) {
    return switch (outcome) {
      case SeriesOutcome.Done<T> done -> done.value();
      case SeriesOutcome.Missing<T> missing ->
          throw new ProblemException(ProblemType.SERIES_NOT_FOUND, "Series " + missing.id());
      case SeriesOutcome.Cancelled<T> cancelled ->
          throw new ProblemException(
              ProblemType.SERIES_CANCELLED,
              "It is cancelled from %s on; make another.".formatted(cancelled.from()));
      case SeriesOutcome.Refused<T> refused ->
          throw new ProblemException(Refusals.problem(refused.reason()));
      case SeriesOutcome.Conflicting<T> conflicting ->
          throw new ProblemException(
              Problem.of(
                      ProblemType.SERIES_CONFLICT,
                      "Choose another time or barber, or leave these dates out (onConflict: skip).")
                  .withConflicts(conflicts(conflicting)));
    };
  }

  private List<Problem.Conflict> conflicts(SeriesOutcome.Conflicting<?> conflicting) {
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
