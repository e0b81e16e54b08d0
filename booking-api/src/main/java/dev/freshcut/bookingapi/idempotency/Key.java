package dev.freshcut.bookingapi.idempotency;

import dev.freshcut.bookingapi.web.BodyLimit;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A key that a caller has given to a request.
 *
 * @param caller each caller has keys of her own
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
   * @throws ProblemException if it is not one key of 1 to 255 printable characters
   */
  static Key of(HttpServletRequest request) {
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
    String line =
        "%s %s?%s\n"
            .formatted(
                request.getMethod(),
                request.getRequestURI(),
                Objects.requireNonNullElse(request.getQueryString(), ""));
    MessageDigest digest = sha256();
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    String fingerprint = HexFormat.of().formatHex(digest.digest(BodyLimit.body(request)));
    return new Key(Credential.of(request), form.group(1), fingerprint);
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
