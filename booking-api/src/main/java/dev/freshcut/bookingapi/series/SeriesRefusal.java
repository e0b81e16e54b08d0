package dev.freshcut.bookingapi.series;

import dev.freshcut.bookingapi.slot.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why something about a series was not done, though nothing failed. */
sealed interface SeriesRefusal {
  /** There is no such series for the caller. */
  record NoSeries(long id) implements SeriesRefusal {}

  /** It is cancelled. */
  record Cancelled(LocalDate from) implements SeriesRefusal {}

  /** Whatever the date, it could not be booked; or it could not be cancelled. */
  record NoBooking(Refusal reason) implements SeriesRefusal {}

  /** Nothing was booked, as some dates have no room. */
  record Conflicting(
      long locationId, @Nullable Long barberId, long serviceId, List<Conflict> conflicts)
      implements SeriesRefusal {}

  /** A date without room, and why. */
  record Conflict(LocalDate date, Instant startsAt, Refusal reason) {}
}
