package dev.freshcut.bookingapi.openapi;

import dev.freshcut.bookingapi.openapi.Description.Operation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A request that is to be sent. */
final class Shot {
  /** For whom the document promises an answer, unless the request is no longer one to it. */
  final Operation operation;

  String method;
  String path;
  String query = "";
  String caller = "nobody";
  final List<String> headers = new ArrayList<>();
  byte @Nullable [] body;

  /** Statuses that the document need not list, as it is not its operation that is asked for. */
  final Set<Integer> alsoAllowed = new TreeSet<>();

  /** Whether it is in doubt which operation is asked for, and whether it is HTTP. */
  boolean astray;

  Shot(Operation operation) {
    this.operation = operation;
    this.method = operation.method();
    this.path = operation.path();
  }

  void header(String name, String value) {
    headers.add(name + ": " + value);
  }

  void astray(Integer... statuses) {
    astray = true;
    alsoAllowed.addAll(List.of(statuses));
  }

  boolean isBodiless() {
    return method.equals("HEAD");
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        "%s %s%s HTTP/1.1\r\nHost: localhost\r\n"
            .formatted(method, path, query.isEmpty() ? "" : "?" + query)
            .getBytes(StandardCharsets.UTF_8));
    headers.forEach(header -> bytes.writeBytes((header + "\r\n").getBytes(StandardCharsets.UTF_8)));
    byte[] sent = body;
    if (sent != null) {
      bytes.writeBytes(
          "Content-Length: %d\r\n".formatted(sent.length).getBytes(StandardCharsets.UTF_8));
    }
    bytes.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    if (sent != null) {
      bytes.writeBytes(sent);
    }
    return bytes.toByteArray();
  }

  /** As it was sent, shortened, with escapes for what is not printable. */
  @Override
  public String toString() {
    return "as " + caller + ": " + printable(new String(bytes(), StandardCharsets.ISO_8859_1));
  }

  static String printable(String text) {
    StringBuilder shown = new StringBuilder();
    text.chars()
        .limit(3_000)
        .forEach(
            c -> {
              if (c == '\n' || (c >= ' ' && c < 127)) {
                shown.append((char) c);
              } else if (c != '\r') {
                shown.append(String.format("\\x%02x", c));
              }
            });
    return shown.toString().replaceAll("(.)\\1{60,}", "$1… ")
        + (text.length() > 3_000 ? " (" + text.length() + " bytes)" : "");
  }
}
