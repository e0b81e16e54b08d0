package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Missing;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which appointments to list; what is null does not matter.
 *
 * @param ownerId the user who is the customer
 * @param customerId the customer
 * @param from first day, in the location's zone
 * @param to last day, in the location's zone
 */
record AppointmentFilter(
    @Nullable Long locationId,
    @Nullable Long ownerId,
    @Nullable Long customerId,
    @Nullable Long barberId,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable Status status) {
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2199;

  /**
   * What the caller may see of it: a client what is hers, staff what is at their location.
   *
   * @throws ProblemException if she may see nothing of it, or it is not acceptable
   */
  AppointmentFilter of(Caller.User caller) {
    List<Problem.FieldError> errors = errors(caller);
    if (!errors.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID_REQUEST,
              "See errors.",
              errors.toArray(Problem.FieldError[]::new)));
    }
    if (caller.role() == Role.CLIENT) {
      return new AppointmentFilter(locationId, caller.id(), customerId, barberId, from, to, status);
    }
    Long location = locationId == null ? caller.locationId() : locationId;
    if (location == null || !caller.mayWorkAt(location)) {
      throw Missing.location(location == null ? 0 : location);
    }
    return new AppointmentFilter(location, null, customerId, barberId, from, to, status);
  }

  private List<Problem.FieldError> errors(Caller.User caller) {
    List<Problem.FieldError> errors = new ArrayList<>();
    if (caller.role() == Role.OPERATOR && locationId == null) {
      errors.add(new Problem.FieldError("location", "is missing; only operators must give it"));
    }
    requireYear("from", from, errors);
    requireYear("to", to, errors);
    if (from != null && to != null && to.isBefore(from)) {
      errors.add(new Problem.FieldError("to", "must not be before from"));
    }
    return errors;
  }

  private static void requireYear(
      String field, @Nullable LocalDate date, List<Problem.FieldError> errors) {
    if (date != null && (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR)) {
      errors.add(new Problem.FieldError(field, "must be in the years 2000 to 2199"));
    }
  }
}
