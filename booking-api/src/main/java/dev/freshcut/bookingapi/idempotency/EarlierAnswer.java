package dev.freshcut.bookingapi.idempotency;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Does not bother the handler with a request that has been answered; the filter answers it. */
final class EarlierAnswer implements HandlerInterceptor {
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(request.getAttribute(KeyedRequest.ATTRIBUTE) instanceof KeyedRequest keyed)) {
      return true;
    }
    if (handler instanceof HandlerMethod method && method.hasMethodAnnotation(NeverStored.class)) {
      keyed.ignore();
      return true;
    }
    return !keyed.isAnswered();
  }
}
