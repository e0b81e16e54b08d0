package dev.freshcut.bookingapi.openapi;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 client that sends whatever bytes it is given, over a connection that it keeps open as
 * long as the server does. HTTP libraries refuse to send what is malformed.
 */
final class Wire implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;

  private final int port;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  Wire(int port) {
    this.port = port;
  }

  /** A response; the names of its headers are in lower case. */
  record Response(int status, Map<String, List<String>> headers, String text) {
    Optional<String> header(String name) {
      return headers.getOrDefault(name, List.of()).stream().findFirst();
    }
  }

  /**
   * Sends a request and reads its response.
   *
   * @param bodiless whether the response to this method has no body, whatever its headers say
   */
  Response exchange(byte[] request, boolean bodiless) throws IOException {
    boolean kept = socket != null;
    try {
      return attempt(request, bodiless);
    } catch (EOFException | SocketException e) {
      close();
      if (!kept) {
        throw e;
      }
      return attempt(request, bodiless); // the server had closed the connection meanwhile
    }
  }

  private Response attempt(byte[] request, boolean bodiless) throws IOException {
    if (socket == null || in == null) {
      socket = new Socket("localhost", port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    }
    try {
      socket.getOutputStream().write(request);
    } catch (SocketException e) {
      // It may have been answered before it was read to its end.
    }
    Response response = read(in, bodiless);
    if (response.header("connection").orElse("").equalsIgnoreCase("close")) {
      close();
    }
    return response;
  }

  /** Sends bytes over a connection of their own, and reads whatever comes back until its end. */
  static String send(int port, byte[] bytes) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      try {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
      } catch (SocketException e) {
        // Answered before it was read to its end.
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      try {
        socket.getInputStream().transferTo(all);
      } catch (SocketException e) {
        // Reset after the response.
      }
      return all.toString(StandardCharsets.UTF_8);
    }
  }

  private static Response read(InputStream in, boolean bodiless) throws IOException {
    int status;
    Map<String, List<String>> headers;
    do {
      String line = line(in);
      if (!line.matches("HTTP/1\\.1 \\d{3}( .*)?")) {
        throw new IOException("the response begins with " + line);
      }
      status = Integer.parseInt(line.substring(9, 12));
      headers = headers(in);
    } while (status < 200);
    byte[] body;
    if (bodiless || status == 204 || status == 304) {
      body = new byte[0];
    } else if (headers.containsKey("transfer-encoding")) {
      body = chunks(in);
    } else if (headers.containsKey("content-length")) {
      body = exactly(in, Integer.parseInt(headers.get("content-length").getFirst()));
    } else {
      body = in.readAllBytes();
    }
    return new Response(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  private static Map<String, List<String>> headers(InputStream in) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in), 16);
      body.writeBytes(exactly(in, size));
      line(in);
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the response breaks off");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("no response");
      }
      if (next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
      }
      line.write(next);
    }
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
    }
    socket = null;
    in = null;
  }
}
