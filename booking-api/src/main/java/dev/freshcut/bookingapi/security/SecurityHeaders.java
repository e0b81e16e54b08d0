package dev.freshcut.bookingapi.security;

import dev.freshcut.bookingapi.web.BrowserHeaders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells browsers to be careful with every answer, also with those of the filters that come after
 * this one and refuse a request.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecurityHeaders extends OncePerRequestFilter {
  /** Swagger UI: its own scripts, inline styles, and calls of the API that it is served by. */
  private static final String OWN_PAGES =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none';"
          + " base-uri 'none'; form-action 'none'";

  private static final String ONE_YEAR = "max-age=31536000; includeSubDomains";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean page = request.getRequestURI().startsWith("/swagger-ui/");
    BrowserHeaders.set(response, page ? OWN_PAGES : BrowserHeaders.NOTHING_TO_LOAD);
    if (request.isSecure()) {
      response.setHeader("Strict-Transport-Security", ONE_YEAR);
    }
    chain.doFilter(request, response);
  }
}
