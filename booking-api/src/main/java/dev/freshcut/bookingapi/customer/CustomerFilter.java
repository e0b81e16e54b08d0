package dev.freshcut.bookingapi.customer;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Missing;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Which customers to list; what is null does not matter.
 *
 * @param ownerId the user who is the customer
 * @param search what name, email or phone begins with; of a phone the digits count
 * @param registered whether they have accounts
 * @param anonymised whether their names were replaced
 */
record CustomerFilter(
    @Nullable Long locationId,
    @Nullable Long ownerId,
    @Nullable String search,
    @Nullable Boolean registered,
    boolean anonymised) {

  /**
   * What the caller may see of it: a client herself, staff the customers of their location.
   *
   * @throws ProblemException if she may see nothing of it, or it is not acceptable
   */
  CustomerFilter of(Caller.User caller) {
    if (caller.role() == Role.CLIENT) {
      return new CustomerFilter(locationId, caller.id(), search, registered, anonymised);
    }
    Long location = locationId == null ? caller.locationId() : locationId;
    if (location == null) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID_REQUEST,
              "See errors.",
              new Problem.FieldError("location", "is missing; only operators must give it")));
    }
    if (!caller.mayWorkAt(location)) {
      throw Missing.location(location);
    }
    return new CustomerFilter(location, null, search, registered, anonymised);
  }

  /** The pattern of texts that begin with what is searched for, in its own case. */
  @Nullable String textPattern() {
    return search == null ? null : search.replaceAll("([\\\\%_])", "\\\\$1") + "%";
  }

  /** The pattern of a phone's digits; null if there are none in what is searched for. */
  @Nullable String phonePattern() {
    String digits = search == null ? "" : search.replaceAll("[^0-9]", "");
    boolean isPhone = search != null && search.matches("\\+?[0-9 ()./-]+");
    return !isPhone || digits.isEmpty() ? null : digits + "%";
  }
}
