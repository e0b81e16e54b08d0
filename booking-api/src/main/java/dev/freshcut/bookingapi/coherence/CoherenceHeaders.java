package dev.freshcut.bookingapi.coherence;

import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.Answer.Reason;
import dev.freshcut.coherentcache.Answer.Source;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * Replaces an {@link Answer} or a {@link Written} by its value, and tells the client in headers
 * what it is: {@code Cache-Status} (RFC 9211) and {@code Age}, or {@code Consistency-Token}.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE) // others are to see the value itself
final class CoherenceHeaders implements ResponseBodyAdvice<Object> {
  /** RFC 9211. */
  static final String CACHE_STATUS = "Cache-Status";

  private static final String CACHE = "freshcut; ";

  @Override
  public boolean supports(
      MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
    return true; // the type inside a ResponseEntity shows only in the body
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returned,
      MediaType contentType,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    HttpHeaders headers = response.getHeaders();
    if (body instanceof Answer<?> answer) {
      headers.set(CACHE_STATUS, CACHE + status(answer));
      if (answer.source() instanceof Source.Hit) {
        // RFC 9111: its presence says that the answer was not made for this request.
        headers.set(HttpHeaders.AGE, Long.toString(answer.age().toSeconds()));
      }
      return answer.value();
    }
    if (body instanceof Written<?> written) {
      headers.set(ConsistencyToken.HEADER, ConsistencyToken.of(written.xid()));
      return written.value();
    }
    return body;
  }

  private static String status(Answer<?> answer) {
    return switch (answer.source()) {
      case Source.Hit hit -> "hit" + ttl(answer);
      case Source.Miss miss -> forwarded(miss.reason()) + (miss.stored() ? "; stored" : "");
      case Source.Bypass bypass ->
          "fwd=bypass; detail=" + bypass.cause().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String ttl(Answer<?> answer) {
    Duration ttl = answer.ttl();
    return ttl == null ? "" : "; ttl=" + ttl.toSeconds();
  }

  private static String forwarded(Reason reason) {
    return switch (reason) {
      case ABSENT -> "fwd=miss";
      case TOO_OLD -> "fwd=request; detail=token";
      case UNREADABLE -> "fwd=miss; detail=unreadable";
    };
  }
}
