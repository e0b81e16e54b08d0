package dev.freshcut.bookingapi.ratelimit;

import dev.freshcut.bookingapi.web.Credential;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Counts requests that a handler is about to get, and refuses those that are too many. */
final class RateLimitInterceptor implements HandlerInterceptor {
  private static final Set<String> READING = Set.of("GET", "HEAD");

  private final RateLimitSettings settings;
  private final Limiter limiter;

  RateLimitInterceptor(RateLimitSettings settings, Limiter limiter) {
    this.settings = settings;
    this.limiter = limiter;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method)
        || request.getDispatcherType() != DispatcherType.REQUEST) {
      return true;
    }
    Resource resource = resource(method, request.getMethod());
    Quota quota = settings.of(resource);
    Verdict verdict = limiter.take(resource.text() + ":" + Credential.of(request), quota);
    response.setHeader(RateLimitHeaders.POLICY, RateLimitHeaders.policy(quota));
    response.setHeader(RateLimitHeaders.LIMIT, RateLimitHeaders.limit(quota, verdict));
    if (!verdict.allowed()) {
      long seconds = RateLimitHeaders.retryAfter(verdict);
      throw new ProblemException(
          Problem.of(
              ProblemType.RATE_LIMITED,
              "Of %s %d are allowed a minute, %d an hour and %d a day. Try again in %d s."
                  .formatted(resource.text(), quota.minute(), quota.hour(), quota.day(), seconds)),
          seconds);
    }
    return true;
  }

  /** What is declared on the handler, else on its controller, else what its method suggests. */
  static Resource resource(HandlerMethod handler, String method) {
    Limited declared = handler.getMethodAnnotation(Limited.class);
    if (declared == null) {
      declared = AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), Limited.class);
    }
    if (declared != null) {
      return declared.value();
    }
    return READING.contains(method) ? Resource.READS : Resource.WRITES;
  }
}
