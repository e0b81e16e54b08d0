package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import java.time.Duration;

/** Why something about a user was not done, though nothing failed. */
sealed interface UserRefusal {
  /** There is no such user, or none that the caller may know of. */
  record NoUser(long id) implements UserRefusal {}

  /** There is no such location. */
  record NoLocation(long id) implements UserRefusal {}

  /** The location has no such barber. */
  record NoBarber(long locationId, long id) implements UserRefusal {}

  /** The email has an account. */
  record EmailTaken() implements UserRefusal {}

  /** Nobody changes her own rights. */
  record OwnAccount() implements UserRefusal {}

  /** The caller's role does not allow it, for this reason. */
  record NotHers(String reason) implements UserRefusal {}

  /** A member of the request is not acceptable. */
  record Invalid(String field, String reason) implements UserRefusal {}

  /** Accounts of this service are made at its issuer. */
  record IssuersMatter() implements UserRefusal {}

  /** The current password is another. */
  record WrongPassword() implements UserRefusal {}

  /** Too many passwords were tried. */
  record TooManyTries(Duration pause) implements UserRefusal {}

  /** As the client is told. */
  default ProblemException problem() {
    return switch (this) {
      case NoUser none -> of(ProblemType.USER_NOT_FOUND, "User " + none.id());
      case NoLocation none -> of(ProblemType.LOCATION_NOT_FOUND, "Location " + none.id());
      case NoBarber none ->
          of(
              ProblemType.BARBER_NOT_FOUND,
              "Barber %d at location %d".formatted(none.id(), none.locationId()));
      case EmailTaken taken -> of(ProblemType.EMAIL_TAKEN, "Log in, or register another.");
      case OwnAccount own ->
          of(
              ProblemType.OWN_ACCOUNT,
              "Another owner or operator can do it; a password is changed at /api/v1/me/password.");
      case NotHers not -> of(ProblemType.FORBIDDEN, not.reason());
      case Invalid invalid ->
          new ProblemException(Problem.invalid(invalid.field(), invalid.reason()));
      case IssuersMatter issuers ->
          of(ProblemType.NOT_FOUND, "Accounts of this service are made at its issuer.");
      case WrongPassword wrong -> of(ProblemType.FORBIDDEN, "The current password is another.");
      case TooManyTries many -> {
        long seconds = Math.max(1, many.pause().plusMillis(999).toSeconds());
        yield new ProblemException(
            Problem.of(ProblemType.TOO_MANY_LOGINS, "Try again in %d s.".formatted(seconds)),
            seconds);
      }
    };
  }

  private static ProblemException of(ProblemType type, String detail) {
    return new ProblemException(type, detail);
  }
}
