package dev.freshcut.bookingapi.web;

import jakarta.servlet.http.HttpServletResponse;

/** What tells browsers to be careful with an answer. */
public final class BrowserHeaders {
  /** Answers are data: a browser that shows one as a page may load and run nothing. */
  public static final String NOTHING_TO_LOAD =
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  private BrowserHeaders() {}

  /** Sets them, with a Content-Security-Policy. */
  public static void set(HttpServletResponse response, String policy) {
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Referrer-Policy", "no-referrer");
  }
}
