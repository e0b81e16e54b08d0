package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Some local dates of a location.
 *
 * @param from first
 * @param to last, included
 */
record Period(long locationId, LocalDate from, LocalDate to) {
  /** At most so many dates. */
  static final int MAX_DAYS = 366;

  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2199;

  /**
   * As a request gives it.
   *
   * @throws ProblemException if it is out of bounds
   */
  static Period of(long locationId, LocalDate from, LocalDate to) {
    List<Problem.FieldError> errors = new ArrayList<>();
    requireYear("from", from, errors);
    requireYear("to", to, errors);
    if (errors.isEmpty() && (to.isBefore(from) || to.isAfter(from.plusDays(MAX_DAYS - 1L)))) {
      errors.add(
          new Problem.FieldError(
              "to", "must be from %s to %s".formatted(from, from.plusDays(MAX_DAYS - 1L))));
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID_REQUEST,
              "See errors.",
              errors.toArray(Problem.FieldError[]::new)));
    }
    return new Period(locationId, from, to);
  }

  /** The first of as many dates right before it. */
  LocalDate before() {
    return from.minusDays(ChronoUnit.DAYS.between(from, to) + 1);
  }

  private static void requireYear(String field, LocalDate date, List<Problem.FieldError> errors) {
    if (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR) {
      errors.add(new Problem.FieldError(field, "must be in the years 2000 to 2199"));
    }
  }
}
