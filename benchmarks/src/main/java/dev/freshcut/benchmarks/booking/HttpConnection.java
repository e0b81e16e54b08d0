package dev.freshcut.benchmarks.booking;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One connection that is kept open as long as the server does, and the least of HTTP/1.1 (RFC 9112)
 * that it takes to use it: whoever sends the load shares the processor with the server, and a full
 * client costs as much as what is measured. Not for several threads at once.
 */
final class HttpConnection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final int port;
  private Socket socket;
  private InputStream in;

  HttpConnection(int port) throws IOException {
    this.port = port;
    this.socket = connect(port);
    this.in = buffered(socket);
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  private static InputStream buffered(Socket socket) throws IOException {
    return new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  /**
   * An answer.
   *
   * @param headers by their names in lower case
   */
  record Reply(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    /** Whether it is from the cache. */
    boolean hit() {
      return header("cache-status").contains("; hit");
    }

    /** Itself, if its status is this one. */
    Reply expect(int expected) {
      if (status != expected) {
        throw new IllegalStateException(
            "answered %d instead of %d: %s".formatted(status, expected, body));
      }
      return this;
    }
  }

  /**
   * Sends a GET and reads the answer.
   *
   * @param headers lines without their ends, or empty
   */
  Reply get(String path, String headers) throws IOException {
    return send("GET " + path, headers, "");
  }

  /** Sends JSON and reads the answer. */
  Reply post(String path, String headers, String json) throws IOException {
    return send("POST " + path, headers, json);
  }

  private Reply send(String line, String headers, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    StringBuilder request = new StringBuilder(line).append(" HTTP/1.1\r\nHost: localhost\r\n");
    if (!headers.isEmpty()) {
      request.append(headers).append("\r\n");
    }
    if (body.length > 0) {
      request.append("Content-Type: application/json\r\nContent-Length: ");
      request.append(body.length).append("\r\n");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    bytes.writeBytes(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    socket.getOutputStream().write(bytes.toByteArray());
    Reply reply = reply();
    if (reply.header("connection").equals("close")) {
      // As servers do after some number of requests.
      socket.close();
      socket = connect(port);
      in = buffered(socket);
    }
    return reply;
  }

  private Reply reply() throws IOException {
    int status = Integer.parseInt(line().substring(9, 12));
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Reply(status, headers, new String(body(headers), StandardCharsets.UTF_8));
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    String length = headers.get("content-length");
    if (length != null) {
      return bytes(Integer.parseInt(length));
    }
    if (!"chunked".equals(headers.get("transfer-encoding"))) {
      return new byte[0];
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunk(); size > 0; size = chunk()) {
      body.writeBytes(bytes(size));
      line();
    }
    line();
    return body.toByteArray();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the server closed the connection within an answer");
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(80);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
