package dev.freshcut.bookingapi.idempotency;

import dev.freshcut.bookingapi.web.Credential;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A key that a caller has given to a request.
 *
 * @param caller each caller has keys of her own; without a login each request has
 * @param text as she wrote it, without quotes
 * @param fingerprint of the request's method, address and body
 */
record Key(String caller, String text, String fingerprint) {
  /** The request's header (draft-ietf-httpapi-idempotency-key-header); quotes may be left out. */
  static final String HEADER = "Idempotency-Key";

  private static final Pattern FORM =
      Pattern.compile("\"?([\\x21\\x23-\\x5b\\x5d-\\x7e]{1,255})\"?");

  /**
   * A request's key.
   *
   * @param fingerprint the request's
   * @throws ProblemException if it is not one key of 1 to 255 printable characters
   */
  static Key of(HttpServletRequest request, String fingerprint) {
    List<String> headers = Collections.list(request.getHeaders(HEADER));
    var form = FORM.matcher(headers.getFirst().strip());
    if (headers.size() > 1 || !form.matches()) {
      throw new ProblemException(
          Problem.of(
              ProblemType.MALFORMED_REQUEST,
              "The header is not usable.",
              new Problem.FieldError(
                  HEADER, "must be given once, 1 to 255 printable ASCII characters, no blanks")));
    }
    return new Key(caller(request, fingerprint), form.group(1), fingerprint);
  }

  /**
   * Nobody knows who an anonymous caller is, and her address may be another's tomorrow: her keys
   * are of the very request, which nobody else can send who does not know all that is in it.
   */
  private static String caller(HttpServletRequest request, String fingerprint) {
    return request.getUserPrincipal() == null ? "anonymous:" + fingerprint : Credential.of(request);
  }

  /** The number of its lock; that of another key only by a chance of 1 to 2^64. */
  long lock() {
    byte[] name = (caller + "\n" + text).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(sha256().digest(name)).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
