package dev.freshcut.bookingapi.coherence;

import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.coherentcache.Consistency;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * What a request asks of the age of its answer, from its headers: {@code Cache-Control: no-cache},
 * or a {@link ConsistencyToken}. A handler gets it as a parameter of type {@link Consistency}; the
 * headers are checked for every handler, also for those that read the database anyway.
 */
@Component
final class RequestedConsistency implements HandlerInterceptor, HandlerMethodArgumentResolver {
  private static final String ATTRIBUTE = RequestedConsistency.class.getName();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    // Nobody tells the caches on the way what has changed. Personal answers are stricter already.
    if (!response.containsHeader(HttpHeaders.CACHE_CONTROL)) {
      response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    }
    request.setAttribute(ATTRIBUTE, requested(request));
    return true;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType().equals(Consistency.class);
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    return Objects.requireNonNull(
        request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST),
        "the interceptor is not registered for this path");
  }

  private static Consistency requested(HttpServletRequest request) {
    List<String> tokens = Collections.list(request.getHeaders(ConsistencyToken.HEADER));
    if (tokens.size() > 1) {
      throw malformed("is given more than once");
    }
    Consistency named =
        tokens.isEmpty()
            ? Consistency.EVENTUAL
            : Consistency.atLeast(
                ConsistencyToken.parse(tokens.get(0).strip())
                    .orElseThrow(() -> malformed("is not a token that a write returned")));
    return asksForDatabase(request) ? Consistency.STRONG : named;
  }

  private static ProblemException malformed(String reason) {
    return new ProblemException(
        Problem.of(
            ProblemType.MALFORMED_REQUEST,
            "The header is not usable.",
            new Problem.FieldError(ConsistencyToken.HEADER, reason)));
  }

  private static boolean asksForDatabase(HttpServletRequest request) {
    return Collections.list(request.getHeaders(HttpHeaders.CACHE_CONTROL)).stream()
        .flatMap(header -> Arrays.stream(header.split(",", -1)))
        .anyMatch(directive -> directive.strip().equalsIgnoreCase("no-cache"));
  }
}
