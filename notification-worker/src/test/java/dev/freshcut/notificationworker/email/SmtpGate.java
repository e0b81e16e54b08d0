package dev.freshcut.notificationworker.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a mail server, counts connections and answers some commands in its place: with what
 * mail servers answer on bad days.
 */
final class SmtpGate implements AutoCloseable {
  /** Never answers. */
  static final String HANG = "hang";

  /** Closes the connection. */
  static final String DROP = "drop";

  final AtomicInteger connections = new AtomicInteger();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private final ServerSocket server;
  private final int behind;

  SmtpGate(int behind) throws IOException {
    this.behind = behind;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on this is the answer to commands that begin so; "." is the end of a message. */
  void answer(String command, String answer) {
    answers.put(command, answer);
  }

  /** Everything goes through again. */
  void open() {
    answers.clear();
  }

  /** Of mail clients. */
  long openConnections() {
    return clients.stream().filter(each -> !each.isClosed()).count();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        // Lines are passed on one by one: none is to wait for the acknowledgement of another.
        client.setTcpNoDelay(true);
        connections.incrementAndGet();
        open.add(client);
        clients.add(client);
        Thread.ofVirtual().start(() -> talk(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void talk(Socket client) {
    try (client) {
      OutputStream toClient = client.getOutputStream();
      if (reply("greeting", toClient)) {
        return;
      }
      BufferedReader lines = lines(client);
      if (HANG.equals(answers.get("greeting"))) {
        lines.readLine();
        return;
      }
      Socket upstream = upstream();
      Thread.ofVirtual().start(() -> copy(upstream, toClient));
      talk(lines, upstream, toClient);
    } catch (IOException e) {
      // Closed by one of the two.
    }
  }

  private void talk(BufferedReader lines, Socket first, OutputStream toClient) throws IOException {
    Socket upstream = first;
    boolean data = false;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      boolean command = !data || line.equals(".");
      data = data && !line.equals(".");
      if (!command || answered(line) == null) {
        upstream.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        data |= command && line.equals("DATA");
      } else if (reply(line, toClient)) {
        return;
      } else if (line.equals(".")) {
        // The server waits for the end of a message that it must not get.
        upstream.close();
        Socket next = upstream();
        BufferedReader greeting = lines(next);
        greeting.readLine();
        next.getOutputStream().write("HELO gate\r\n".getBytes(StandardCharsets.US_ASCII));
        greeting.readLine();
        Thread.ofVirtual().start(() -> copy(next, toClient));
        upstream = next;
      }
    }
  }

  private Socket upstream() throws IOException {
    Socket upstream = new Socket(InetAddress.getLoopbackAddress(), behind);
    upstream.setTcpNoDelay(true);
    open.add(upstream);
    return upstream;
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  private @Nullable String answered(String line) {
    return answers.entrySet().stream()
        .filter(each -> line.startsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** Whether the connection is over. */
  private boolean reply(String line, OutputStream toClient) throws IOException {
    String answer = answered(line);
    if (answer == null) {
      return false;
    }
    switch (answer) {
      case DROP -> {
        return true;
      }
      case HANG -> {
        return false;
      }
      default -> toClient.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
    return answer.startsWith("421");
  }

  private static void copy(Socket from, OutputStream to) {
    try {
      from.getInputStream().transferTo(to);
    } catch (IOException e) {
      // Closed by one of the two.
    }
  }

  /** Ends the connections that are open. */
  void cut() {
    for (Socket each : open) {
      try {
        each.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    open.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
