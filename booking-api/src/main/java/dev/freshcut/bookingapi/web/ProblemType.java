package dev.freshcut.bookingapi.web;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * What can go wrong, as told to clients. Codes are stable: clients may decide by them. Titles are
 * for people and may change.
 */
public enum ProblemType {
  MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be understood"),
  INVALID_REQUEST(HttpStatus.BAD_REQUEST, "A value is not acceptable"),
  UNKNOWN_CONSISTENCY_TOKEN(
      HttpStatus.BAD_REQUEST, "The Consistency-Token names a write that this database lacks"),

  AUTHENTICATION_REQUIRED(HttpStatus.UNAUTHORIZED, "The request needs a login"),
  INVALID_TOKEN(HttpStatus.UNAUTHORIZED, "The token is not, or no longer, good"),
  LOGIN_FAILED(HttpStatus.UNAUTHORIZED, "There is no such account with this password"),
  FORBIDDEN(HttpStatus.FORBIDDEN, "The caller may not do this"),

  NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing at this address"),
  LOCATION_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such location"),
  BARBER_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such active barber at the location"),
  SERVICE_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such active service at the location"),
  APPOINTMENT_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such appointment"),
  HOLD_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such hold, or it is over"),
  SERIES_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such series"),
  WAITING_LIST_ENTRY_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such entry of the waiting list"),
  WEBHOOK_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such webhook"),
  USER_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such user"),
  BARBER_SERVICE_NOT_FOUND(HttpStatus.NOT_FOUND, "The barber does the service as it says"),
  SPECIAL_DAY_NOT_FOUND(HttpStatus.NOT_FOUND, "The date is like its weekday"),
  TIME_OFF_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such time off"),
  BLACKOUT_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such blackout"),
  CUSTOMER_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such customer"),
  PAYMENT_NOT_FOUND(HttpStatus.NOT_FOUND, "There is no such payment"),

  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The address has no such method"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "Only application/json can be answered"),
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json"),
  BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),

  REQUEST_IN_FLIGHT(
      HttpStatus.CONFLICT, "A request with the same Idempotency-Key has yet to be answered"),
  SLOT_TAKEN(HttpStatus.CONFLICT, "The time is taken by another appointment"),
  SERIES_CONFLICT(HttpStatus.CONFLICT, "The series has no room on some dates"),
  SERIES_CANCELLED(HttpStatus.CONFLICT, "The series is cancelled"),
  WAITING_LIST_ENTRY_CLOSED(HttpStatus.CONFLICT, "The entry's state does not allow it"),
  WAITING_LIST_FULL(HttpStatus.CONFLICT, "There are as many open entries as there may be"),
  APPOINTMENT_CLOSED(HttpStatus.CONFLICT, "The appointment's status does not allow it"),
  APPOINTMENT_NOT_BEGUN(HttpStatus.CONFLICT, "The appointment has not begun"),
  TOO_MANY_HOLDS(HttpStatus.CONFLICT, "The caller has as many holds as one may have"),
  TOO_MANY_APPOINTMENTS(
      HttpStatus.CONFLICT, "The client would have more appointments to come than one may have"),
  TOO_LATE_TO_CHANGE(HttpStatus.CONFLICT, "The appointment is too near to be moved or cancelled"),
  TOO_MANY_WEBHOOKS(HttpStatus.CONFLICT, "The location has as many webhooks as it may have"),
  EMAIL_TAKEN(HttpStatus.CONFLICT, "There is an account with this email"),
  CUSTOMER_EXISTS(HttpStatus.CONFLICT, "The location has a customer with this email"),
  CUSTOMER_FIXED(HttpStatus.CONFLICT, "The customer cannot be changed here"),
  CUSTOMER_EXPECTED(HttpStatus.CONFLICT, "The customer has appointments to come"),
  PAYMENT_CLOSED(HttpStatus.CONFLICT, "The payment's status does not allow it"),
  BARBER_HAS_APPOINTMENTS(HttpStatus.CONFLICT, "The barber has appointments to come"),
  APPOINTMENTS_OVER_MIDNIGHT(
      HttpStatus.CONFLICT, "Appointments would go over midnight in that time zone"),
  LIMIT_REACHED(HttpStatus.CONFLICT, "There are as many as there can be"),
  OWN_ACCOUNT(HttpStatus.CONFLICT, "Nobody changes her own role, place of work or activity"),

  PRECONDITION_FAILED(HttpStatus.PRECONDITION_FAILED, "It is no longer what If-Match names"),

  IDEMPOTENCY_KEY_REUSED(
      HttpStatus.UNPROCESSABLE_CONTENT, "The Idempotency-Key was sent with another request"),
  OUTSIDE_WORKING_HOURS(HttpStatus.UNPROCESSABLE_CONTENT, "The barber does not work at that time"),
  TOO_SHORT_NOTICE(HttpStatus.UNPROCESSABLE_CONTENT, "The time is too soon, or past"),
  PAST_CUT_OFF(HttpStatus.UNPROCESSABLE_CONTENT, "It is too late to book the same day"),
  SERVICE_NOT_OFFERED(HttpStatus.UNPROCESSABLE_CONTENT, "The barber does not offer the service"),
  CURRENCY_MISMATCH(HttpStatus.UNPROCESSABLE_CONTENT, "The appointment has another currency"),
  AMOUNT_TOO_HIGH(
      HttpStatus.UNPROCESSABLE_CONTENT, "It is more than is left to pay, or to give back"),
  BEYOND_HORIZON(HttpStatus.UNPROCESSABLE_CONTENT, "The time is too far ahead"),
  CROSSES_MIDNIGHT(
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The appointment, buffers included, goes over the location's midnight"),

  TOO_MANY_LOGINS(HttpStatus.TOO_MANY_REQUESTS, "There were too many attempts to log in"),
  RATE_LIMITED(HttpStatus.TOO_MANY_REQUESTS, "There were too many requests"),

  DATABASE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database does not answer in time"),
  WEBHOOKS_UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE, "The service cannot keep the secrets of webhooks"),
  TIME_ZONE_UNKNOWN(
      HttpStatus.SERVICE_UNAVAILABLE, "The service does not know the location's time zone"),
  ISSUER_UNAVAILABLE(
      HttpStatus.SERVICE_UNAVAILABLE, "The issuer of the token does not answer in time"),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "The service failed");

  private final HttpStatus status;
  private final String title;

  ProblemType(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The response's status. */
  public HttpStatus status() {
    return status;
  }

  /** One sentence for people. */
  public String title() {
    return title;
  }

  /** Stable, lower case with dashes. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The problem's {@code type} member; a name, not an address. */
  URI uri() {
    return URI.create("urn:freshcut:problem:" + code());
  }
}
