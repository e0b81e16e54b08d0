package dev.freshcut.coherentcache.model;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The encoding of a variable's value as one segment of a key: distinct values, distinct text. */
final class Segment {
  /** Stands for null; no value encodes to it, because {@code ~} itself is escaped. */
  static final String NULL = "~";

  /** Stands for the empty string. */
  static final String EMPTY = "~e";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final boolean[] PLAIN = new boolean[128];

  static {
    for (char c :
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+".toCharArray()) {
      PLAIN[c] = true;
    }
  }

  private Segment() {}

  /**
   * The segment of a value whose text identifies it: null, text, whole number, boolean, UUID, date
   * or enum constant (by name).
   *
   * @throws IllegalArgumentException for any other type: equal values might differ in their text
   */
  static String of(@Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    if (value instanceof String text) {
      return ofText(text);
    }
    if (value instanceof Enum<?> constant) {
      return ofText(constant.name());
    }
    if (value instanceof LocalDate
        || value instanceof Boolean
        || value instanceof UUID
        || (value instanceof Number number && isWhole(number))) {
      return value.toString();
    }
    throw new IllegalArgumentException(
        "a key cannot hold a value of "
            + value.getClass()
            + "; pass text, a whole number, a boolean, a UUID, a LocalDate or an enum");
  }

  /** Whether the number is of a type whose text is unique. */
  static boolean isWhole(Number number) {
    return number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte
        || number instanceof BigInteger;
  }

  /**
   * Letters, digits and {@code ._-+} stand for themselves; every other UTF-8 byte is written as
   * {@code %XX}, so that no value can contain a separator, a hash tag's braces, a wildcard or a
   * reserved index member. A surrogate without its partner, which UTF-8 cannot express, is written
   * as the three bytes that its number would have.
   */
  static String ofText(String text) {
    if (text.isEmpty()) {
      return EMPTY;
    }
    return isPlain(text) ? text : escape(text);
  }

  /** Whether the text stands for itself. */
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= PLAIN.length || !PLAIN[c]) {
        return false;
      }
    }
    return true;
  }

  private static String escape(String text) {
    StringBuilder encoded = new StringBuilder(text.length() * 3);
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      if (codePoint < PLAIN.length && PLAIN[codePoint]) {
        encoded.append((char) codePoint);
      } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        escape(encoded, 0xE0 | (codePoint >> 12));
        escape(encoded, 0x80 | ((codePoint >> 6) & 0x3F));
        escape(encoded, 0x80 | (codePoint & 0x3F));
      } else {
        for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
          escape(encoded, b);
        }
      }
    }
    return encoded.toString();
  }

  private static void escape(StringBuilder encoded, int b) {
    encoded.append('%').append(HEX.toHexDigits((byte) b));
  }
}
