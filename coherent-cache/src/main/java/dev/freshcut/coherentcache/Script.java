package dev.freshcut.coherentcache;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/** The Lua scripts; each is described at the head of its file. Called by their hash. */
enum Script {
  BEGIN("begin"),
  FILL("fill"),
  RELEASE("release"),
  EVICT("evict"),
  EVICT_MATCHING("evict-matching"),
  SWEEP("sweep"),
  RECORD("record"),
  RAISE("raise");

  private final String text;
  private final String sha1;

  Script(String name) {
    try (InputStream in =
        Objects.requireNonNull(Script.class.getResourceAsStream(name + ".lua"), name)) {
      byte[] bytes = in.readAllBytes();
      this.text = new String(bytes, StandardCharsets.UTF_8);
      this.sha1 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  String text() {
    return text;
  }

  String sha1() {
    return sha1;
  }
}
