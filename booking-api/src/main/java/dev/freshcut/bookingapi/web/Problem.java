package dev.freshcut.bookingapi.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
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
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

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

  public Problem {
    errors = List.copyOf(errors);
  }

  /** A problem of this type. */
  public static Problem of(ProblemType type, String detail, FieldError... errors) {
    return of(type, detail, List.of(errors));
  }

  static Problem of(ProblemType type, String detail, List<FieldError> errors) {
    return new Problem(
        type.uri(), type.title(), type.status().value(), detail, type.code(), errors);
  }

  /** The response, in the problem's own media type whatever the client accepts. */
  ResponseEntity<Object> response() {
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(this);
  }
}
