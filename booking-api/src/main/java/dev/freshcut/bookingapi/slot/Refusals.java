package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;

/** What clients are told of refusals. */
public final class Refusals {
  private Refusals() {}

  /** For searches, whose answer has no place for a refusal and must not be cached. */
  static ProblemException thrown(Refusal refusal) {
    return new ProblemException(problem(refusal));
  }

  /** The problem that a refusal is. */
  public static Problem problem(Refusal refusal) {
    return switch (refusal) {
      case Refusal.NoLocation none ->
          Problem.of(ProblemType.LOCATION_NOT_FOUND, "Location " + none.id());
      case Refusal.NoBarber none ->
          Problem.of(
              ProblemType.BARBER_NOT_FOUND,
              "Barber %d at location %d".formatted(none.id(), none.locationId()));
      case Refusal.NoService none ->
          Problem.of(
              ProblemType.SERVICE_NOT_FOUND,
              "Service %d at location %d".formatted(none.id(), none.locationId()));
      case Refusal.NoAppointment none ->
          Problem.of(ProblemType.APPOINTMENT_NOT_FOUND, "Appointment " + none.id());
      case Refusal.NoHold none ->
          Problem.of(
              ProblemType.HOLD_NOT_FOUND,
              "Hold %d is over, or never was; make another.".formatted(none.id()));
      case Refusal.NoAccount none ->
          Problem.of(ProblemType.USER_NOT_FOUND, "The account is gone meanwhile.");
      case Refusal.NotOffered no ->
          Problem.of(
              ProblemType.SERVICE_NOT_OFFERED,
              "Barber %d does not offer service %d.".formatted(no.barberId(), no.serviceId()));
      case Refusal.TooSoon soon ->
          Problem.of(
              ProblemType.TOO_SHORT_NOTICE,
              "The notice is %d minutes.".formatted(soon.noticeMinutes()));
      case Refusal.PastCutOff past ->
          Problem.of(
              ProblemType.PAST_CUT_OFF,
              "The same day can be booked until %s local time.".formatted(past.cutOff()));
      case Refusal.TooFar far ->
          Problem.of(
              ProblemType.BEYOND_HORIZON, "The horizon is %d days.".formatted(far.horizonDays()));
      case Refusal.CrossesMidnight crosses ->
          Problem.of(
              ProblemType.CROSSES_MIDNIGHT,
              "Choose a time that lies within one day at the location.");
      case Refusal.NotWorking not ->
          Problem.of(
              ProblemType.OUTSIDE_WORKING_HOURS,
              "See the barber's availability, or the free slots.");
      case Refusal.Taken taken ->
          Problem.of(ProblemType.SLOT_TAKEN, "Choose another of the free slots.");
      case Refusal.Closed closed ->
          Problem.of(
              ProblemType.APPOINTMENT_CLOSED,
              "Its status is %s; it cannot be %s.".formatted(closed.status(), closed.wanted()));
      case Refusal.NotBegun not ->
          Problem.of(
              ProblemType.APPOINTMENT_NOT_BEGUN,
              "It begins at %s; cancel it, or say then what became of it."
                  .formatted(not.startsAt()));
      case Refusal.TooManyHolds many ->
          Problem.of(
              ProblemType.TOO_MANY_HOLDS,
              "Release one of your %d holds, or book it.".formatted(many.most()));
      case Refusal.TooManyAppointments many ->
          Problem.of(
              ProblemType.TOO_MANY_APPOINTMENTS,
              "You have %d of at most %d to come here; cancel one, or ask the shop."
                  .formatted(many.open(), many.most()));
      case Refusal.WindowClosed window ->
          Problem.of(
              ProblemType.TOO_LATE_TO_CHANGE,
              "Clients change appointments at least %d minutes before; ask the shop."
                  .formatted(window.windowMinutes()));
    };
  }
}
