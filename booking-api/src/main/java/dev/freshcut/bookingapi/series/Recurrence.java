package dev.freshcut.bookingapi.series;

import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The dates of a series: every so many weeks, on the weekday of the first. */
final class Recurrence {
  /** Occurrences that one request may ask for. */
  static final int MOST = 52;

  private Recurrence() {}

  /**
   * The dates from a first on.
   *
   * @param count of dates; null if they end with {@code until}
   * @throws ProblemException if it is not exactly one of the two, or they are none or too many
   */
  static List<LocalDate> dates(
      LocalDate first, int everyWeeks, @Nullable Integer count, @Nullable LocalDate until) {
    if ((count == null) == (until == null)) {
      throw invalid("count", "give either count or until");
    }
    long dates = count != null ? count : between(first, everyWeeks, until);
    if (dates < 1) {
      throw invalid("until", "must not be before the first date, " + first);
    }
    if (dates > MOST) {
      throw invalid("until", "makes %d occurrences, must make at most %d".formatted(dates, MOST));
    }
    return LongStream.range(0, dates).mapToObj(n -> first.plusWeeks(n * everyWeeks)).toList();
  }

  private static long between(LocalDate first, int everyWeeks, @Nullable LocalDate until) {
    return until == null || until.isBefore(first)
        ? 0
        : ChronoUnit.WEEKS.between(first, until) / everyWeeks + 1;
  }

  static ProblemException invalid(String field, String message) {
    return new ProblemException(
        Problem.of(
            ProblemType.INVALID_REQUEST, "See errors.", new Problem.FieldError(field, message)));
  }
}
