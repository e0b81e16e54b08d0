package dev.freshcut.bookingapi.security;

import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Tells clients why a filter refused them. */
final class Refusals {
  private static final Logger log = LoggerFactory.getLogger(Refusals.class);

  /** RFC 6750: no error code for a request without credentials. */
  static final String CHALLENGE = "Bearer realm=\"freshcut\"";

  private static final String INVALID_TOKEN = CHALLENGE + ", error=\"invalid_token\"";

  private final HandlerExceptionResolver problems;

  Refusals(HandlerExceptionResolver problems) {
    this.problems = problems;
  }

  /** The caller is unknown: no token, or not a good one. */
  void unknown(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
      throws IOException {
    if (reason.getCause() instanceof JwtException
        && !(reason.getCause() instanceof BadJwtException)) {
      log.warn(
          "request answered with 503, as the issuer's keys are not to be had; tokens are taken again"
              + " when they are: {}",
          reason.getMessage());
      response.setHeader(HttpHeaders.RETRY_AFTER, "5");
      ProblemWriter.write(
          Problem.of(
              ProblemType.ISSUER_UNAVAILABLE,
              "Nothing is known to be wrong with the token; try again."),
          response);
    } else if (reason instanceof AuthenticationServiceException
        && reason.getCause() instanceof Exception cause) {
      problems.resolveException(request, response, null, cause);
    } else if (reason instanceof OAuth2AuthenticationException) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, INVALID_TOKEN);
      ProblemWriter.write(
          Problem.of(
              ProblemType.INVALID_TOKEN,
              "It may have expired or been revoked. Log in again, or leave Authorization out."),
          response);
    } else {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
      ProblemWriter.write(loginWanted(), response);
    }
  }

  /** The caller is known and may not. */
  static void forbidden(HttpServletResponse response) throws IOException {
    ProblemWriter.write(forbidden(), response);
  }

  /** Nothing is served here. */
  static void nothingHere(HttpServletResponse response) throws IOException {
    ProblemWriter.write(nothingHere(), response);
  }

  static Problem loginWanted() {
    return Problem.of(
        ProblemType.AUTHENTICATION_REQUIRED,
        "Send Authorization: Bearer with the token that a login returned.");
  }

  static Problem forbidden() {
    return Problem.of(ProblemType.FORBIDDEN, "The role of your account does not allow it.");
  }

  static Problem nothingHere() {
    return Problem.of(ProblemType.NOT_FOUND, "Check the path.");
  }
}
