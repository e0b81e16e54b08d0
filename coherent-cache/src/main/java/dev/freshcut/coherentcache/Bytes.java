package dev.freshcut.coherentcache;

import java.nio.charset.StandardCharsets;

/** Script arguments as bytes. */
final class Bytes {
  private Bytes() {}

  static Object[] of(Object... values) {
    Object[] encoded = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      encoded[i] =
          values[i] instanceof byte[] bytes
              ? bytes
              : values[i].toString().getBytes(StandardCharsets.UTF_8);
    }
    return encoded;
  }

  static String text(Object reply) {
    return new String((byte[]) reply, StandardCharsets.UTF_8);
  }
}
