package dev.freshcut.bookingapi.ratelimit;

import dev.freshcut.bookingapi.ratelimit.Quota.Window;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The quota and what is left of it, as structured fields (draft-ietf-httpapi-ratelimit-headers). Of
 * each request, therefore without format strings.
 */
final class RateLimitHeaders {
  /** The quota. */
  static final String POLICY = "RateLimit-Policy";

  /** What is left. */
  static final String LIMIT = "RateLimit";

  private RateLimitHeaders() {}

  /** {@code "minute";q=20;w=60, …}: requests and seconds. */
  static String policy(Quota quota) {
    return quota.windows().stream()
        .map(w -> "\"" + w.name() + "\";q=" + w.requests() + ";w=" + w.length().toSeconds())
        .collect(Collectors.joining(", "));
  }

  /**
   * {@code "minute";r=3;t=51, …}: requests that are left, and seconds until all are there again.
   */
  static String limit(Quota quota, Verdict verdict) {
    List<Window> windows = quota.windows();
    return IntStream.range(0, windows.size())
        .mapToObj(i -> item(windows.get(i), verdict.remaining().get(i)))
        .collect(Collectors.joining(", "));
  }

  private static String item(Window window, long remaining) {
    long missing = window.requests() - remaining;
    long seconds = Math.ceilDiv(missing * window.length().toSeconds(), window.requests());
    return "\"" + window.name() + "\";r=" + remaining + ";t=" + seconds;
  }

  /** Whole seconds after which the next request may be made, at least 1. */
  static long retryAfter(Verdict refused) {
    return Math.max(1, refused.pause().plusNanos(999_999_999).toSeconds());
  }
}
