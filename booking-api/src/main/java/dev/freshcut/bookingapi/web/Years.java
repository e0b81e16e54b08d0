package dev.freshcut.bookingapi.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of which years dates and times of requests may be: over others PostgreSQL or a reader would
 * stumble.
 */
public final class Years {
  /** What a date of another year must be. */
  public static final String WANTED = "must be in the years 2000 to 2199";

  private static final int FIRST = 2000;
  private static final int LAST = 2199;

  private Years() {}

  /** Whether it is one of them. */
  public static boolean include(int year) {
    return year >= FIRST && year <= LAST;
  }

  /** What is wrong with a first and a last date; what is null is not. */
  public static List<Problem.FieldError> errors(@Nullable LocalDate from, @Nullable LocalDate to) {
    List<Problem.FieldError> errors = new ArrayList<>();
    if (from != null && !include(from.getYear())) {
      errors.add(new Problem.FieldError("from", WANTED));
    }
    if (to != null && !include(to.getYear())) {
      errors.add(new Problem.FieldError("to", WANTED));
    }
    if (from != null && to != null && to.isBefore(from)) {
      errors.add(new Problem.FieldError("to", "must not be before from"));
    }
    return errors;
  }

  /**
   * Refuses such dates.
   *
   * @throws ProblemException with what is wrong with them
   */
  public static void require(@Nullable LocalDate from, @Nullable LocalDate to) {
    List<Problem.FieldError> errors = errors(from, to);
    if (!errors.isEmpty()) {
      throw new ProblemException(Problem.invalid(errors));
    }
  }
}
