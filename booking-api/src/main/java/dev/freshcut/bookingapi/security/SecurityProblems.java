package dev.freshcut.bookingapi.security;

import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers what Spring Security's firewall will not have, such as control characters in headers
 * (before the filters, or where a handler is the first to read the header), and too many logins.
 */
@Component
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecurityProblems implements RequestRejectedHandler {
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, RequestRejectedException e)
      throws IOException {
    answer(response);
  }

  @ExceptionHandler
  void rejected(RequestRejectedException e, HttpServletResponse response) throws IOException {
    answer(response);
  }

  @ExceptionHandler
  void busy(Passwords.Busy e, HttpServletResponse response) throws IOException {
    response.setHeader(HttpHeaders.RETRY_AFTER, "1");
    ProblemWriter.write(
        Problem.of(ProblemType.TOO_MANY_LOGINS, "More passwords are being checked than is usual."),
        response);
  }

  private static void answer(HttpServletResponse response) throws IOException {
    ProblemWriter.write(
        Problem.of(ProblemType.MALFORMED_REQUEST, "Check the request line and the headers."),
        response);
  }
}
