package dev.freshcut.bookingapi.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands {@link PageRequest} and {@link IfMatch} to handlers. */
final class SharedArguments implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    Class<?> type = parameter.getParameterType();
    return type == PageRequest.class || type == IfMatch.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    HttpServletRequest request =
        Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
    return parameter.getParameterType() == PageRequest.class ? page(request) : ifMatch(request);
  }

  private static PageRequest page(HttpServletRequest request) {
    String limit = request.getParameter("limit");
    return new PageRequest(
        limit == null ? PageRequest.DEFAULT_LIMIT : limit(limit), request.getParameter("cursor"));
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= PageRequest.MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Answered below.
    }
    throw new ProblemException(
        Problem.invalid("limit", "must be a whole number from 1 to " + PageRequest.MAX_LIMIT));
  }

  private static IfMatch ifMatch(HttpServletRequest request) {
    return new IfMatch(Collections.list(request.getHeaders(HttpHeaders.IF_MATCH)));
  }
}
