package dev.freshcut.bookingapi.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A place in a list, as text: the list's fingerprint and the last row's key, in base64url. Opaque
 * to clients. Not signed, because it gives no right: the rows that follow are chosen by the same
 * filters and the same caller as without it.
 */
final class Cursor {
  /** Also the format's version: another format begins with another fingerprint. */
  private static final String FORMAT = "1 ";

  private Cursor() {}

  static String of(String list, List<Long> key) {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (1 + key.size()));
    bytes.putLong(fingerprint(list));
    key.forEach(bytes::putLong);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  static List<Long> parse(String cursor, String list, int width) {
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
    } catch (IllegalArgumentException e) {
      throw refused("is not one that a page returned");
    }
    if (bytes.remaining() != Long.BYTES * (1 + width)) {
      throw refused("is not one that a page of this list returned");
    }
    if (bytes.getLong() != fingerprint(list)) {
      throw refused("is of a list with other filters; send those of the page that returned it");
    }
    List<Long> key = new ArrayList<>();
    while (bytes.hasRemaining()) {
      key.add(bytes.getLong());
    }
    return key;
  }

  private static ProblemException refused(String reason) {
    return new ProblemException(Problem.invalid("cursor", reason));
  }

  private static long fingerprint(String list) {
    try {
      byte[] text = (FORMAT + list).getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
