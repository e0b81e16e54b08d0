package dev.freshcut.bookingapi.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * Why a request was not done (RFC 9457), as {@code application/problem+json}.
 *
 * @param type names the kind of problem
 * @param title the same for people
 * @param status the response's status
 * @param detail this occurrence, for people
 * @param code the kind of problem, for programs; stable
 * @param errors the parts of the request that were not acceptable
 * @param alternatives to a time that is taken: the nearest that were free when it was answered
 * @param conflicts the dates on which a series has no room
 */
@Schema(description = "Why a request was not done (RFC 9457)")
public record Problem(
    @Schema(
            example = "urn:freshcut:problem:slot-taken",
            requiredMode = Schema.RequiredMode.REQUIRED)
        URI type,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String title,
    @Schema(example = "409", requiredMode = Schema.RequiredMode.REQUIRED) int status,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String detail,
    @Schema(example = "slot-taken", requiredMode = Schema.RequiredMode.REQUIRED) String code,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Alternative> alternatives,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Conflict> conflicts) {

  /**
   * A part of the request that was not acceptable.
   *
   * @param field a member of the body ({@code customer.email}), a parameter or a header
   * @param message what is wrong with it
   */
  @Schema(name = "ProblemFieldError")
  public record FieldError(
      @Schema(example = "customer.email", requiredMode = Schema.RequiredMode.REQUIRED) String field,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String message) {}

  /**
   * Another time that could be booked.
   *
   * @param barberIds who is free
   */
  @Schema(name = "ProblemAlternative")
  public record Alternative(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) OffsetDateTime startsAt,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) OffsetDateTime endsAt,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Long> barberIds) {}

  /**
   * A date on which a series has no room.
   *
   * @param date in the location's time zone
   * @param startsAt when the appointment would have begun
   * @param code of the problem that booking it alone would have had
   * @param alternatives of the same date
   */
  @Schema(name = "ProblemConflict")
  public record Conflict(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) LocalDate date,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) OffsetDateTime startsAt,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String code,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Alternative> alternatives) {}

  public Problem {
    errors = List.copyOf(errors);
    alternatives = List.copyOf(alternatives);
    conflicts = List.copyOf(conflicts);
  }

  /** The same with other times to choose from. */
  public Problem with(List<Alternative> alternatives) {
    return new Problem(type, title, status, detail, code, errors, alternatives, conflicts);
  }

  /** The same of a series. */
  public Problem withConflicts(List<Conflict> conflicts) {
    return new Problem(type, title, status, detail, code, errors, alternatives, conflicts);
  }

  /** A problem of this type. */
  public static Problem of(ProblemType type, String detail, FieldError... errors) {
    return of(type, detail, List.of(errors));
  }

  /** Parts of the request are not acceptable. */
  public static Problem invalid(List<FieldError> errors) {
    return of(ProblemType.INVALID_REQUEST, "See errors.", errors);
  }

  /** A part of the request is not acceptable. */
  public static Problem invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  static Problem of(ProblemType type, String detail, List<FieldError> errors) {
    return new Problem(
        type.uri(),
        type.title(),
        type.status().value(),
        detail,
        type.code(),
        errors,
        List.of(),
        List.of());
  }

  /** The response, in the problem's own media type whatever the client accepts. */
  ResponseEntity<Object> response() {
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(this);
  }
}
