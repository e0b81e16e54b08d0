package dev.freshcut.bookingapi.waitinglist;

import dev.freshcut.bookingapi.slot.Refusal;
import dev.freshcut.bookingapi.slot.Refusals;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;

/** Why something about the waiting list was not done, though nothing failed. */
sealed interface EntryRefusal {
  /** There is no such entry for the caller. */
  record NoEntry(long id) implements EntryRefusal {}

  /** The entry's state does not allow it. */
  record Closed(State state) implements EntryRefusal {}

  /** There are as many open entries as there may be. */
  record Full(String whose, int most) implements EntryRefusal {}

  /** Something that the request names is not acceptable. */
  record Invalid(String field, String message) implements EntryRefusal {}

  /** It is refused as a booking would be. */
  record NoBooking(Refusal reason) implements EntryRefusal {}

  /** As the client is told. */
  default ProblemException problem() {
    return switch (this) {
      case NoEntry none ->
          new ProblemException(ProblemType.WAITING_LIST_ENTRY_NOT_FOUND, "Entry " + none.id());
      case Closed closed ->
          new ProblemException(
              ProblemType.WAITING_LIST_ENTRY_CLOSED, "The entry is " + closed.state().text() + ".");
      case Full full ->
          new ProblemException(
              ProblemType.WAITING_LIST_FULL,
              "A %s has at most %d open entries.".formatted(full.whose(), full.most()));
      case Invalid invalid ->
          new ProblemException(Problem.invalid(invalid.field(), invalid.message()));
      case NoBooking none -> new ProblemException(Refusals.problem(none.reason()));
    };
  }
}
