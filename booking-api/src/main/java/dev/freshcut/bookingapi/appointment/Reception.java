package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.slot.Alternatives;
import dev.freshcut.bookingapi.slot.BarberChoice;
import dev.freshcut.bookingapi.slot.Moved;
import dev.freshcut.bookingapi.slot.Refusal;
import dev.freshcut.bookingapi.slot.Refusals;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.write.Outcome;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the controllers of appointments and holds have in common: answering outcomes. */
@Component
public class Reception {
  private final Alternatives alternatives;

  Reception(Alternatives alternatives) {
    this.alternatives = alternatives;
  }

  /** The value of what was done. */
  public <T> T answer(Outcome<T, Refusal> outcome) {
    return outcome.orThrow(reason -> new ProblemException(Refusals.problem(reason)));
  }

  /** The same; if the time was taken, with other times to choose from. */
  <T> Written<T> answer(
      Outcome<Written<T>, Refusal> outcome,
      long locationId,
      @Nullable Long barberId,
      long serviceId,
      Instant startsAt) {
    return answer(outcome, locationId, barberId, serviceId, startsAt, null);
  }

  /** The same of an appointment that was to be moved. */
  <T> Written<T> answer(
      Outcome<Written<T>, Refusal> outcome,
      long locationId,
      @Nullable Long barberId,
      Instant startsAt,
      Moved moved) {
    return answer(outcome, locationId, barberId, moved.serviceId(), startsAt, moved);
  }

  private <T> Written<T> answer(
      Outcome<Written<T>, Refusal> outcome,
      long locationId,
      @Nullable Long barberId,
      long serviceId,
      Instant startsAt,
      @Nullable Moved moved) {
    return outcome.orThrow(
        reason -> {
          Problem problem = Refusals.problem(reason);
          return new ProblemException(
              reason instanceof Refusal.Taken
                  ? problem.with(
                      alternatives.to(
                          locationId, new BarberChoice(barberId), serviceId, startsAt, moved))
                  : problem);
        });
  }

  /** Appointments start at whole minutes. */
  public static void requireWholeMinute(Instant start) {
    if (!start.equals(start.truncatedTo(ChronoUnit.MINUTES))) {
      throw new ProblemException(Problem.invalid("startsAt", "must be a whole minute"));
    }
  }

  /** Clients book for themselves; staff say who comes. */
  public static void requireCustomerOfStaff(
      Caller.User caller, NewAppointment.@Nullable Customer customer) {
    boolean forHerself = caller.role() == Role.CLIENT;
    if (forHerself != (customer == null)) {
      throw new ProblemException(
          Problem.invalid(
              "customer", forHerself ? "must be left out: you book for yourself" : "is missing"));
    }
  }

  /** Staff work at their own location. */
  public static void requireOwnLocation(Caller.User caller, long locationId) {
    if (caller.role() != Role.CLIENT && !caller.mayWorkAt(locationId)) {
      throw new ProblemException(ProblemType.FORBIDDEN, "You work at another location.");
    }
  }
}
