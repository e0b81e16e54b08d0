package dev.freshcut.bookingapi.security;

import dev.freshcut.bookingapi.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets a request through to the handlers that its caller may call, by what they declare. It comes
 * before every other interceptor and before the request is read, and whatever is no handler method
 * of this service's is not there for it.
 */
final class AccessInterceptor implements HandlerInterceptor {
  private static final String NO_STORE = "no-store";
  private static final Set<String> SAFE = Set.of("GET", "HEAD");

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)) {
      throw new ProblemException(Refusals.nothingHere());
    }
    if (HttpMethod.OPTIONS.matches(request.getMethod()) && !AccessDeclared.ours(method)) {
      return true; // Spring's own answer, the Allow header
    }
    if (method.hasMethodAnnotation(PublicAccess.class)) {
      if (!SAFE.contains(request.getMethod())) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, NO_STORE); // as it is about the sender
      }
      return true;
    }
    Access access = method.getMethodAnnotation(Access.class);
    if (access == null) {
      throw new ProblemException(Refusals.nothingHere());
    }
    require(access, response);
    response.setHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
    return true;
  }

  private static void require(Access access, HttpServletResponse response) {
    switch (Callers.current()) {
      case Caller.Anonymous nobody -> {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, Refusals.CHALLENGE);
        throw new ProblemException(Refusals.loginWanted());
      }
      case Caller.User user -> {
        if (!Arrays.asList(access.value()).contains(user.role())) {
          throw new ProblemException(Refusals.forbidden());
        }
      }
    }
  }
}
