package dev.freshcut.embeddedstack.inbox;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What an HTTP request gets. */
record Answer(int status, String type, String body, Map<String, String> headers) {
  /** Nothing is loaded or run that is not the page's own. */
  private static final String PAGE_POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
          + " frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /** What a stranger wrote is shown, and can neither run, load, nor lead anywhere. */
  private static final String MAIL_POLICY =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'self'";

  static Answer page(String html) {
    return of(200, "text/html", html, PAGE_POLICY);
  }

  static Answer mail(String html) {
    return of(200, "text/html", html, MAIL_POLICY);
  }

  static Answer notFound(String html) {
    return of(404, "text/html", html, PAGE_POLICY);
  }

  static Answer resource(String type, String body) {
    return of(200, type, body, PAGE_POLICY);
  }

  static Answer text(int status, String body) {
    return of(status, "text/plain", body + "\n", PAGE_POLICY);
  }

  static Answer json(int status, String body) {
    return new Answer(status, "application/json", body, Map.of());
  }

  private static Answer of(int status, String type, String body, String policy) {
    return new Answer(status, type, body, Map.of("Content-Security-Policy", policy));
  }

  Answer with(String header, String value) {
    return new Answer(status, type, body, Map.of(header, value));
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
