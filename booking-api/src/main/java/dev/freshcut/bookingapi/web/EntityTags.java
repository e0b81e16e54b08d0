package dev.freshcut.bookingapi.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Sends the ETag of {@link Versioned} answers, and 304 instead of what a client already has. */
@RestControllerAdvice
@Order(EntityTags.ORDER)
final class EntityTags implements ResponseBodyAdvice<Object> {
  /** After those that unwrap answers. */
  static final int ORDER = 100;

  @Override
  public boolean supports(
      MethodParameter returned, Class<? extends HttpMessageConverter<?>> converter) {
    return true; // the type inside a wrapper shows only in the body
  }

  @Override
  public @Nullable Object beforeBodyWrite(
      @Nullable Object body,
      MethodParameter returned,
      MediaType contentType,
      Class<? extends HttpMessageConverter<?>> converter,
      ServerHttpRequest request,
      ServerHttpResponse response) {
    if (!(body instanceof Versioned versioned)) {
      return body;
    }
    String tag = ETags.of(versioned);
    response.getHeaders().set(HttpHeaders.ETAG, tag);
    // Not by getHeaders(), which fails with a Content-Type that has a wildcard.
    HttpServletRequest servlet = ((ServletServerHttpRequest) request).getServletRequest();
    List<String> had = Collections.list(servlet.getHeaders(HttpHeaders.IF_NONE_MATCH));
    if (isRead(request) && ETags.match(had, tag, false)) {
      response.setStatusCode(HttpStatus.NOT_MODIFIED);
      return null;
    }
    return body;
  }

  private static boolean isRead(ServerHttpRequest request) {
    return HttpMethod.GET.equals(request.getMethod())
        || HttpMethod.HEAD.equals(request.getMethod());
  }
}
