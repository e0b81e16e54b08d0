package dev.freshcut.bookingapi.waitinglist;

import dev.freshcut.bookingapi.slot.Refusal;
import dev.freshcut.bookingapi.slot.Refusals;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import java.util.function.Function;

/** What came of a wish about the waiting list. */
sealed interface EntryOutcome<T> {
  /** It was done. */
  record Done<T>(T value) implements EntryOutcome<T> {}

  /** There is no such entry for the caller. */
  record Missing<T>(long id) implements EntryOutcome<T> {}

  /** The entry's state does not allow it. */
  record Closed<T>(State state) implements EntryOutcome<T> {}

  /** There are as many open entries as there may be. */
  record Full<T>(String whose, int most) implements EntryOutcome<T> {}

  /** Something that the request names is not acceptable. */
  record Invalid<T>(String field, String message) implements EntryOutcome<T> {}

  /** It is refused as a booking would be. */
  record Refused<T>(Refusal reason) implements EntryOutcome<T> {}

  /** What comes of it if this is done. */
  default <R> EntryOutcome<R> then(Function<? super T, EntryOutcome<R>> next) {
    return switch (this) {
      case Done<T> done -> next.apply(done.value());
      case Missing<T> missing -> new Missing<>(missing.id());
      case Closed<T> closed -> new Closed<>(closed.state());
      case Full<T> full -> new Full<>(full.whose(), full.most());
      case Invalid<T> invalid -> new Invalid<>(invalid.field(), invalid.message());
      case Refused<T> refused -> new Refused<>(refused.reason());
    };
  }

  /**
   * The value of what was done.
   *
   * @throws ProblemException if it was not
   */
  default T answer() {
    return switch (this) {
      case Done<T> done -> done.value();
      case Missing<T> missing ->
          throw new ProblemException(
              ProblemType.WAITING_LIST_ENTRY_NOT_FOUND, "Entry " + missing.id());
      case Closed<T> closed ->
          throw new ProblemException(
              ProblemType.WAITING_LIST_ENTRY_CLOSED, "The entry is " + closed.state().text() + ".");
      case Full<T> full ->
          throw new ProblemException(
              ProblemType.WAITING_LIST_FULL,
              "A %s has at most %d open entries.".formatted(full.whose(), full.most()));
      case Invalid<T> invalid ->
          throw new ProblemException(Problem.invalid(invalid.field(), invalid.message()));
      case Refused<T> refused -> throw new ProblemException(Refusals.problem(refused.reason()));
    };
  }
}
