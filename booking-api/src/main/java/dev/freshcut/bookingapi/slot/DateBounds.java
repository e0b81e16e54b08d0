package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which dates can be asked for: it bounds the number of entries that requests can make. */
final class DateBounds {
  /** At most so many dates in one answer. */
  static final int MAX_DAYS = 31;

  private DateBounds() {}

  /** Some dates, both included. */
  record Dates(LocalDate from, LocalDate to) {
    Stream<LocalDate> all() {
      return from.datesUntil(to.plusDays(1));
    }
  }

  /** From one date, or from a first to a last. */
  static Dates dates(
      @Nullable LocalDate date, @Nullable LocalDate from, @Nullable LocalDate to, Instant now) {
    if ((date == null) == (from == null)) {
      throw invalid("date", "give either date, or from and to");
    }
    if ((from == null) != (to == null)) {
      throw invalid(from == null ? "from" : "to", "from and to go together");
    }
    if (date != null) {
      return new Dates(near("date", date, now), date);
    }
    return range(from, to, now);
  }

  /** From a first to a last date. */
  static Dates range(@Nullable LocalDate from, @Nullable LocalDate to, Instant now) {
    if (from == null || to == null) {
      throw invalid("from", "from and to go together");
    }
    near("from", from, now);
    near("to", to, now);
    if (to.isBefore(from) || to.isAfter(from.plusDays(MAX_DAYS - 1L))) {
      throw invalid("to", "must be from %s to %s".formatted(from, from.plusDays(MAX_DAYS - 1L)));
    }
    return new Dates(from, to);
  }

  /** From yesterday, as it is still that somewhere, to a day after the longest horizon. */
  static LocalDate near(String parameter, LocalDate date, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate first = today.minusDays(1);
    LocalDate last = today.plusDays(BookingPolicy.MAX_HORIZON_DAYS + 1L);
    if (date.isBefore(first) || date.isAfter(last)) {
      throw invalid(parameter, "must be from %s to %s".formatted(first, last));
    }
    return date;
  }

  private static ProblemException invalid(String parameter, String message) {
    return new ProblemException(
        Problem.of(
            ProblemType.INVALID_REQUEST,
            "See errors.",
            new Problem.FieldError(parameter, message)));
  }
}
