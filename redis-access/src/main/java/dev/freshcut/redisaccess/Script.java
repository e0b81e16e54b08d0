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
   * @throws IllegalArgumentException if there is none
   */
  public static Script of(Class<?> owner, String name) {
    String file = name + ".lua";
    try (InputStream in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + file + " beside " + owner.getName());
      }
      byte[] bytes = in.readAllBytes();
      return new Script(
          name,
          new String(bytes, StandardCharsets.UTF_8),
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
