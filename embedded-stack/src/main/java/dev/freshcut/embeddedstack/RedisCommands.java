package dev.freshcut.embeddedstack;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The few Redis commands that this module needs itself, one connection each. */
final class RedisCommands {
  private static final int CONNECT_MILLIS = 1_000;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private RedisCommands() {}

  /**
   * Sends one inline command and reads a simple or bulk reply.
   *
   * @throws IOException if the server does not answer, or answers with an error
   */
  static String call(String host, int port, String command) throws IOException {
    return call(host, port, command, LIMIT);
  }

  /** The same, waiting no longer than the limit for each part of the reply. */
  static String call(String host, int port, String command, Duration limit) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String head = readLine(in);
      return switch (head.charAt(0)) {
        case '+', ':' -> head.substring(1);
        case '$' ->
            new String(in.readNBytes(Integer.parseInt(head.substring(1))), StandardCharsets.UTF_8);
        default -> throw new IOException("Redis answered " + command + " with " + head);
      };
    }
  }

  private static String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("Redis closed the connection");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      throw new IOException("Redis gave an empty answer");
    }
    return text;
  }
}
