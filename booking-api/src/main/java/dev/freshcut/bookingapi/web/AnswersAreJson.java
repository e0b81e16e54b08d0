package dev.freshcut.bookingapi.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Says of handlers that do not say it themselves that they answer with {@code application/json}. By
 * default Spring calls the answer whatever {@code +json} the client accepts, even a problem.
 */
final class AnswersAreJson implements HandlerInterceptor {
  private static final String PRODUCES = HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE;

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (request.getAttribute(PRODUCES) == null) {
      request.setAttribute(PRODUCES, Set.of(MediaType.APPLICATION_JSON));
    }
    return true;
  }
}
