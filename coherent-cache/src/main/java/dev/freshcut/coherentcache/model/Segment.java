package dev.freshcut.coherentcache.model;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The encoding of a variable's value as one segment of a key. */
final class Segment {
  /** Stands for null; no value encodes to it, because {@code ~} itself is escaped. */
  static final String NULL = "~";

  /** Stands for the empty string. */
  static final String EMPTY = "~e";

  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+@";

  private Segment() {}

  /**
   * Letters, digits and {@code ._-+@} stand for themselves; every other UTF-8 byte is written as
   * {@code %XX}, so that no value can contain a separator, a hash tag's braces or a wildcard.
   */
  static String encode(@Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    String text = value.toString();
    if (text.isEmpty()) {
      return EMPTY;
    }
    if (text.chars().allMatch(c -> PLAIN.indexOf(c) >= 0)) {
      return text;
    }
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b >= 0 && PLAIN.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append(String.format("%%%02X", b & 0xff));
      }
    }
    return encoded.toString();
  }
}
