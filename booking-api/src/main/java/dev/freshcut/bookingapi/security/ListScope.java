package dev.freshcut.bookingapi.security;

import dev.freshcut.bookingapi.web.Missing;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The part of a list that its reader may see; what is null does not matter.
 *
 * @param locationId whose rows they are
 * @param ownerId the user whose rows they are
 */
public record ListScope(@Nullable Long locationId, @Nullable Long ownerId) {
  /**
   * A client's own, of one location or of all; what is at the location of staff; for operators the
   * location that they name.
   *
   * @throws ProblemException if there is nothing that the caller may see
   */
  public static ListScope of(Caller.User caller, @Nullable Long location) {
    if (caller.role() == Role.CLIENT) {
      return new ListScope(location, caller.id());
    }
    Long chosen = location == null ? caller.locationId() : location;
    if (chosen == null) {
      throw new ProblemException(
          Problem.invalid("location", "is missing; only operators must give it"));
    }
    if (!caller.mayWorkAt(chosen)) {
      throw Missing.location(chosen);
    }
    return new ListScope(chosen, null);
  }
}
