package dev.freshcut.bookingapi.payment;

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
 * Which payments to list; what is null does not matter.
 *
 * @param ownerId the user who is the customer
 * @param from first day, in the location's zone, on which it was paid, or else recorded
 * @param to last day, likewise
 */
record PaymentFilter(
    @Nullable Long locationId,
    @Nullable Long ownerId,
    @Nullable Long appointmentId,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    @Nullable Kind kind,
    @Nullable Method method,
    @Nullable PaymentStatus status) {
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2199;

  /**
   * What the caller may see of it: a client her own, staff those of their location.
   *
   * @throws ProblemException if she may see nothing of it, or it is not acceptable
   */
  PaymentFilter of(Caller.User caller) {
    Long location = locationId == null ? caller.locationId() : locationId;
    List<Problem.FieldError> errors = new ArrayList<>();
    if (caller.role() == Role.OPERATOR && location == null) {
      errors.add(new Problem.FieldError("location", "is missing; only operators must give it"));
    }
    requireYear("from", from, errors);
    requireYear("to", to, errors);
    if (from != null && to != null && to.isBefore(from)) {
      errors.add(new Problem.FieldError("to", "must not be before from"));
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID_REQUEST,
              "See errors.",
              errors.toArray(Problem.FieldError[]::new)));
    }
    if (caller.role() == Role.CLIENT) {
      return with(locationId, caller.id());
    }
    if (location == null || !caller.mayWorkAt(location)) {
      throw Missing.location(location == null ? 0 : location);
    }
    return with(location, null);
  }

  private PaymentFilter with(@Nullable Long location, @Nullable Long owner) {
    return new PaymentFilter(location, owner, appointmentId, from, to, kind, method, status);
  }

  private static void requireYear(
      String field, @Nullable LocalDate date, List<Problem.FieldError> errors) {
    if (date != null && (date.getYear() < FIRST_YEAR || date.getYear() > LAST_YEAR)) {
      errors.add(new Problem.FieldError(field, "must be in the years 2000 to 2199"));
    }
  }
}
