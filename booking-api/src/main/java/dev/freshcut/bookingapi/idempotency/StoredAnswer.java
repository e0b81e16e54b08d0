package dev.freshcut.bookingapi.idempotency;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * A write's answer, as the client got it or would have got it.
 *
 * @param headers those that belong to the write and not to the request
 * @param body text, as every answer of the API is
 */
record StoredAnswer(int status, Map<String, String> headers, String body) {
  private static final List<String> KEPT =
      List.of(
          HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, HttpHeaders.ETAG, "Consistency-Token");

  static StoredAnswer of(ContentCachingResponseWrapper response) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : KEPT) {
      String value = response.getHeader(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    String body = new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
    return new StoredAnswer(response.getStatus(), headers, body);
  }

  /** Takes the headers of an answer that is not to be given back. */
  static void forget(HttpServletResponse response) {
    KEPT.forEach(name -> response.setHeader(name, null));
    response.setHeader(HttpHeaders.RETRY_AFTER, null);
  }

  /** Gives the answer once more. */
  void write(HttpServletResponse response) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    headers.forEach(response::setHeader);
    response.setHeader("Idempotency-Replayed", "true");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
