package dev.freshcut.bookingapi.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses a parameter that is given twice: which of them counted would be chance. */
final class ParametersOnce implements HandlerInterceptor {
  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    List<Problem.FieldError> repeated =
        request.getParameterMap().entrySet().stream()
            .filter(parameter -> parameter.getValue().length > 1)
            .map(parameter -> new Problem.FieldError(parameter.getKey(), "is given twice"))
            .toList();
    if (!repeated.isEmpty()) {
      throw new ProblemException(Problem.invalid(repeated));
    }
    return true;
  }
}
