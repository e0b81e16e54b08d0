package dev.freshcut.bookingapi.web;

import dev.freshcut.bookingapi.web.Problem.FieldError;
import dev.freshcut.coherentcache.SnapshotBehindException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Answers every failure of a handler with a {@link Problem}. */
@RestControllerAdvice
final class ProblemHandler extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
  private static final String RETRY_SECONDS = "1";

  /**
   * Lock not to be had in time; a standby, as for a while after a failover; transaction that was
   * idle for too long.
   */
  private static final Set<String> PASSING = Set.of("55P03", "25006", "25P03");

  @ExceptionHandler
  ResponseEntity<Object> refused(ProblemException e) {
    ResponseEntity<Object> response = e.problem().response();
    return e.retryAfterSeconds() == 0
        ? response
        : retryAfter(response, Long.toString(e.retryAfterSeconds()));
  }

  @ExceptionHandler
  ResponseEntity<Object> unknownToken(SnapshotBehindException e) {
    return Problem.of(
            ProblemType.UNKNOWN_CONSISTENCY_TOKEN,
            "Leave the header out, or send the token of a write that this service has answered.")
        .response();
  }

  /** Thrown by whoever is the first to ask for a parameter. */
  @ExceptionHandler(org.apache.tomcat.util.http.InvalidParameterException.class)
  ResponseEntity<Object> malformedQuery() {
    return Problem.of(
            ProblemType.MALFORMED_REQUEST,
            "Check the query's escapes (%xx), and that it has no more than 1000 parameters.")
        .response();
  }

  /** States for which Spring has no exception of their own. */
  @ExceptionHandler
  ResponseEntity<Object> unnamed(UncategorizedSQLException e) {
    SQLException cause = e.getSQLException();
    String state = cause == null ? null : cause.getSQLState();
    return state != null && PASSING.contains(state) ? databaseUnavailable(e) : bug(e);
  }

  /** What the database alone can refuse, because of a change at the same time. */
  @ExceptionHandler
  ResponseEntity<Object> refusedByTheDatabase(DataIntegrityViolationException e) {
    String constraint =
        e.getMostSpecificCause() instanceof PSQLException cause
                && cause.getServerErrorMessage() != null
            ? Objects.requireNonNullElse(cause.getServerErrorMessage().getConstraint(), "")
            : "";
    return switch (constraint) {
      case "appointments_one_day" ->
          Problem.of(
                  ProblemType.CROSSES_MIDNIGHT,
                  "An appointment would; it was made while the change was.")
              .response();
      case "time_zone_known" ->
          Problem.invalid("timeZone", "must be a zone that the database knows too").response();
      default -> bug(e);
    };
  }

  @ExceptionHandler({
    TransientDataAccessException.class,
    DataAccessResourceFailureException.class,
    CannotCreateTransactionException.class,
    TransactionSystemException.class
  })
  ResponseEntity<Object> databaseUnavailable(RuntimeException e) {
    log.warn("request answered with 503, the client may try again: {}", e.getMessage());
    return retryAfter(
        Problem.of(
                ProblemType.DATABASE_UNAVAILABLE,
                "Nothing is known to be wrong with the request; try again.")
            .response(),
        RETRY_SECONDS);
  }

  private static ResponseEntity<Object> retryAfter(
      ResponseEntity<Object> response, String seconds) {
    return ResponseEntity.status(response.getStatusCode())
        .headers(response.getHeaders())
        .header(HttpHeaders.RETRY_AFTER, seconds)
        .body(response.getBody());
  }

  @ExceptionHandler
  ResponseEntity<Object> bug(Exception e) {
    log.error("request answered with 500; this is a defect of the service", e);
    return internal().response();
  }

  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (status.is5xxServerError()) {
      return bug(e);
    }
    ResponseEntity<Object> response = describe(e, status).response();
    return ResponseEntity.status(response.getStatusCode())
        .headers(headers)
        .headers(response.getHeaders())
        .body(response.getBody());
  }

  private static Problem describe(Exception e, HttpStatusCode status) {
    return switch (e) {
      case HttpMessageNotReadableException unreadable -> UnreadableBody.describe(unreadable);
      case MethodArgumentNotValidException invalid -> invalid(fieldErrors(invalid));
      case HandlerMethodValidationException invalid -> invalid(parameterErrors(invalid));
      case MissingServletRequestParameterException missing ->
          invalid(List.of(new FieldError(missing.getParameterName(), "is missing")));
      case TypeMismatchException mismatch -> invalid(List.of(mismatch(mismatch)));
      default -> ofStatus(status.value());
    };
  }

  private static Problem invalid(List<FieldError> errors) {
    return Problem.invalid(errors);
  }

  private static List<FieldError> fieldErrors(MethodArgumentNotValidException e) {
    return e.getBindingResult().getFieldErrors().stream()
        .map(error -> new FieldError(error.getField(), message(error.getDefaultMessage())))
        .toList();
  }

  private static List<FieldError> parameterErrors(HandlerMethodValidationException e) {
    return e.getParameterValidationResults().stream()
        .flatMap(result -> errors(result).stream())
        .toList();
  }

  private static List<FieldError> errors(ParameterValidationResult result) {
    if (result instanceof ParameterErrors body) {
      return body.getFieldErrors().stream()
          .map(error -> new FieldError(error.getField(), message(error.getDefaultMessage())))
          .toList();
    }
    String name = Objects.requireNonNull(result.getMethodParameter().getParameterName());
    return result.getResolvableErrors().stream()
        .map(error -> new FieldError(name, message(error.getDefaultMessage())))
        .toList();
  }

  private static String message(@Nullable String message) {
    return message == null ? "is not acceptable" : message;
  }

  /** Only the converters' own messages are passed on: others name classes. */
  private static FieldError mismatch(TypeMismatchException e) {
    String name =
        e instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : Objects.requireNonNullElse(e.getPropertyName(), "parameter");
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidParameterException invalid) {
        return new FieldError(name, invalid.getMessage());
      }
    }
    Class<?> required = e.getRequiredType();
    return new FieldError(
        name, required == null ? "is not acceptable" : ParameterForms.expected(required));
  }

  /** A problem for a status of which nothing more is known. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 404 -> Problem.of(ProblemType.NOT_FOUND, "Check the path.");
      case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, "The Allow header lists the methods.");
      case 406 ->
          Problem.of(ProblemType.NOT_ACCEPTABLE, "Accept application/json, or leave Accept out.");
      case 413 -> Problem.of(ProblemType.BODY_TOO_LARGE, "Send less.");
      case 415 ->
          Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send Content-Type: application/json.");
      // Tomcat's for transfer encodings and versions of HTTP that it does not know.
      case 501, 505 -> malformedHttp();
      default -> status >= 500 ? internal() : malformedHttp();
    };
  }

  private static Problem malformedHttp() {
    return Problem.of(ProblemType.MALFORMED_REQUEST, "Check the request line and the headers.");
  }

  private static Problem internal() {
    return Problem.of(
        ProblemType.INTERNAL, "The request may be right. The service's log has the reason.");
  }
}
