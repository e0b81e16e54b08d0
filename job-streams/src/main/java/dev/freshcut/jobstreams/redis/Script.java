package dev.freshcut.jobstreams.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The Lua scripts, each described at the head of its file, behind the files that they share. Called
 * by their hash.
 */
enum Script {
  ENQUEUE("store", "enqueue"),
  PLAN("store", "plan"),
  STAMP("stamp"),
  BEAT("lost", "beat"),
  LEAVE("lost", "leave"),
  TAKE("take"),
  SETTLE("settle"),
  PROGRESS("progress"),
  SCHEDULE("schedule"),
  SCHEDULES("schedules"),
  FIRE("store", "fire"),
  FIND("reading", "find"),
  LIST("reading", "list"),
  STATUS("status"),
  CANCEL("cancelling", "cancel"),
  CANCEL_GROUP("cancelling", "cancel-group"),
  RUN_NOW("run-now"),
  REDRIVE("redrive"),
  PURGE("purge"),
  CONTROL("control"),
  SWEEP("sweep"),
  NOW("now");

  private final String text;
  private final String sha1;

  Script(String... files) {
    StringBuilder joined = new StringBuilder(read("common"));
    for (String file : files) {
      joined.append('\n').append(read(file));
    }
    this.text = joined.toString();
    this.sha1 = sha1(text);
  }

  private static String read(String file) {
    try (InputStream in =
        Objects.requireNonNull(Script.class.getResourceAsStream(file + ".lua"), file)) {
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

  String text() {
    return text;
  }

  String sha1() {
    return sha1;
  }
}
