package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.web.Missing;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import java.time.LocalDate;
import java.util.List;

/** Why something about a schedule was not done, though nothing failed. */
sealed interface ScheduleRefusal {
  /** There is no such location, or none that the caller manages. */
  record NoLocation(long id) implements ScheduleRefusal {}

  /** The location has no such active barber, or none that the caller manages. */
  record NoBarber(long locationId, long id) implements ScheduleRefusal {}

  /** The barber has no such time off. */
  record NoTimeOff(long id) implements ScheduleRefusal {}

  /** The location has no such blackout. */
  record NoBlackout(long id) implements ScheduleRefusal {}

  /** The date is like its weekday. */
  record NoSpecialDay(LocalDate date) implements ScheduleRefusal {}

  /** Members of the request are not acceptable. */
  record Invalid(List<Problem.FieldError> errors) implements ScheduleRefusal {
    static Invalid of(String field, String reason) {
      return new Invalid(List.of(new Problem.FieldError(field, reason)));
    }
  }

  /** There are as many as there can be. */
  record Full(String what, int most) implements ScheduleRefusal {}

  /** As the client is told. */
  default ProblemException problem() {
    return switch (this) {
      case NoLocation none -> Missing.location(none.id());
      case NoBarber none -> Missing.barber(none.locationId(), none.id());
      case NoTimeOff none ->
          new ProblemException(ProblemType.TIME_OFF_NOT_FOUND, "Time off " + none.id());
      case NoBlackout none ->
          new ProblemException(ProblemType.BLACKOUT_NOT_FOUND, "Blackout " + none.id());
      case NoSpecialDay none ->
          new ProblemException(
              ProblemType.SPECIAL_DAY_NOT_FOUND, none.date() + " is like its weekday.");
      case Invalid invalid -> new ProblemException(Problem.invalid(invalid.errors()));
      case Full full ->
          new ProblemException(
              ProblemType.LIMIT_REACHED, "At most %d %s.".formatted(full.most(), full.what()));
    };
  }
}
