package dev.freshcut.bookingapi.series;

import dev.freshcut.bookingapi.slot.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What came of a wish about a series. */
sealed interface SeriesOutcome<T> {
  /** It was done. */
  record Done<T>(T value) implements SeriesOutcome<T> {}

  /** There is no such series for the caller. */
  record Missing<T>(long id) implements SeriesOutcome<T> {}

  /** It is cancelled. */
  record Cancelled<T>(LocalDate from) implements SeriesOutcome<T> {}

  /** Whatever the date, it could not be booked; or it could not be cancelled. */
  record Refused<T>(Refusal reason) implements SeriesOutcome<T> {}

  /** Nothing was booked, as some dates have no room. */
  record Conflicting<T>(
      long locationId, @Nullable Long barberId, long serviceId, List<Conflict> conflicts)
      implements SeriesOutcome<T> {}

  /** A date without room, and why. */
  record Conflict(LocalDate date, Instant startsAt, Refusal reason) {}

  /** What comes of it if this is done. */
  default <R> SeriesOutcome<R> then(Function<? super T, SeriesOutcome<R>> next) {
    return switch (this) {
      case Done<T> done -> next.apply(done.value());
      case Missing<T> missing -> new Missing<>(missing.id());
      case Cancelled<T> cancelled -> new Cancelled<>(cancelled.from());
      case Refused<T> refused -> new Refused<>(refused.reason());
      case Conflicting<T> no ->
          new Conflicting<>(no.locationId(), no.barberId(), no.serviceId(), no.conflicts());
    };
  }
}
