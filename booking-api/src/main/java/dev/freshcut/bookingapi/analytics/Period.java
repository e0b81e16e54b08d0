package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.Years;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
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

  /**
   * As a request gives it.
   *
   * @throws ProblemException if it is out of bounds
   */
  static Period of(long locationId, LocalDate from, LocalDate to) {
    List<Problem.FieldError> errors = Years.errors(from, to);
    if (errors.isEmpty() && to.isAfter(from.plusDays(MAX_DAYS - 1L))) {
      errors.add(
          new Problem.FieldError(
              "to", "must be from %s to %s".formatted(from, from.plusDays(MAX_DAYS - 1L))));
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.invalid(errors));
    }
    return new Period(locationId, from, to);
  }

  /** The first of as many dates right before it. */
  LocalDate before() {
    return from.minusDays(ChronoUnit.DAYS.between(from, to) + 1);
  }
}
