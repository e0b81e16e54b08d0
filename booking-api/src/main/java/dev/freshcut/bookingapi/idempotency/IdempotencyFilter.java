package dev.freshcut.bookingapi.idempotency;

import dev.freshcut.bookingapi.write.OpenWrite;
import dev.freshcut.bookingapi.write.Writes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Keeps the transaction of a write with a key open until its answer is made, and commits both
 * together: whatever crashes, there is never one without the other. The client gets the answer
 * after the commit. A request that was refused has written nothing, so its key stays free.
 */
@Component
@Order(IdempotencyFilter.ORDER)
final class IdempotencyFilter extends OncePerRequestFilter {
  /** After those that find out who the caller is. */
  static final int ORDER = 100;

  private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");

  private final Writes writes;
  private final KeyTable table;
  private final Fingerprints fingerprints;
  private final HandlerExceptionResolver problems;

  IdempotencyFilter(
      Writes writes,
      KeyTable table,
      Fingerprints fingerprints,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    this.writes = writes;
    this.table = table;
    this.fingerprints = fingerprints;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getHeader(Key.HEADER) == null
        || !WRITING.contains(request.getMethod())
        || !request.getRequestURI().startsWith("/api/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper buffered = new ContentCachingResponseWrapper(response);
    try {
      KeyedRequest keyed = new KeyedRequest(Key.of(request, fingerprints.of(request)), table);
      request.setAttribute(KeyedRequest.ATTRIBUTE, keyed);
      answer(keyed, request, buffered, chain);
    } catch (RuntimeException e) {
      buffered.resetBuffer();
      StoredAnswer.forget(buffered);
      problems.resolveException(request, buffered, null, e);
    }
    buffered.copyBodyToResponse();
  }

  private void answer(
      KeyedRequest keyed,
      HttpServletRequest request,
      ContentCachingResponseWrapper response,
      FilterChain chain)
      throws ServletException, IOException {
    try (OpenWrite write = writes.open(keyed::claim)) {
      chain.doFilter(request, response);
      if (write.isPending() && HttpStatusCode.valueOf(response.getStatus()).is2xxSuccessful()) {
        write.commit(() -> keyed.store(StoredAnswer.of(response)));
      }
    }
    Optional<StoredAnswer> earlier = keyed.earlier();
    if (earlier.isPresent()) {
      response.resetBuffer();
      StoredAnswer.forget(response);
      earlier.get().write(response);
    }
  }
}
