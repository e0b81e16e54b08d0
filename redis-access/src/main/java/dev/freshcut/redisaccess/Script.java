package dev.freshcut.redisaccess;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script, called by its hash.
 *
 * @param name for messages
 * @param text what Redis runs
 * @param sha1 the text's SHA-1 in lower-case hex, by which Redis knows it
 */
public record Script(String name, String text, String sha1) {
  /**
   * Reads the resource {@code <name>.lua} beside a class.
   *
   * @param shared names of resources that are put before it, such as functions that several scripts
   *     use
   * @throws IllegalArgumentException if there is none
   */
  public static Script of(Class<?> owner, String name, String... shared) {
    StringBuilder text = new StringBuilder();
    for (String part : shared) {
      text.append(read(owner, part)).append('\n');
    }
    text.append(read(owner, name));
    return new Script(name, text.toString(), sha1(text.toString()));
  }

  private static String read(Class<?> owner, String name) {
    String file = name + ".lua";
    try (InputStream in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + file + " beside " + owner.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without the text. */
  @Override
  public String toString() {
    return "Script[" + name + "]";
  }
}
