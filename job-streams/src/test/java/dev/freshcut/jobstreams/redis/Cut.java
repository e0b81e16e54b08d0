package dev.freshcut.jobstreams.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands before a Redis, and cuts a connection when a certain call has been done but not told. */
final class Cut implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Cut.class);

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable String> next = new AtomicReference<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final URI redis;

  Cut(String url) throws IOException {
    redis = URI.create(url);
    threads.execute(this::accept);
  }

  String url() {
    return "redis://"
        + listening.getInetAddress().getHostAddress()
        + ":"
        + listening.getLocalPort();
  }

  /** Cuts once, before the answer to the next call that has this text in it. */
  void next(String text) {
    next.set(text);
  }

  boolean happened() {
    return next.get() == null;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(redis.getHost(), redis.getPort());
        open.add(client);
        open.add(server);
        AtomicBoolean cut = new AtomicBoolean();
        threads.execute(() -> pump(client, server, call -> call(call, cut)));
        threads.execute(() -> pump(server, client, answer -> answer(cut)));
      }
    } catch (IOException e) {
      close();
    }
  }

  private static void pump(Socket from, Socket to, Predicate<String> goesOn) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[65_536];
      for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
        if (!goesOn.test(new String(bytes, 0, n, StandardCharsets.ISO_8859_1))) {
          return;
        }
        out.write(bytes, 0, n);
      }
    } catch (IOException e) {
      log.info("a connection ended: {}", e.toString());
    }
  }

  private boolean call(String bytes, AtomicBoolean cut) {
    String text = next.get();
    if (text != null && bytes.contains(text)) {
      cut.set(true);
    }
    return true;
  }

  private boolean answer(AtomicBoolean cut) {
    if (cut.get()) {
      next.set(null);
    }
    return !cut.get();
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    threads.shutdown();
  }
}
