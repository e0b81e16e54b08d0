package dev.freshcut.benchmarks.pipeline;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Notes when entries are deleted from Redis, from outside of those who delete them: one connection
 * that is subscribed to the server's keyspace notifications (event {@code del}, which UNLINK raises
 * too). Redis publishes the event right after the deletion.
 */
final class DeletionWatch implements AutoCloseable {
  private static final String CHANNEL = "__keyevent@0__:del";
  private static final int KEY = 2;

  private final Socket socket;
  private final String keyPrefix;
  private volatile Expected expected = new Expected(0, 0);

  /** Deletions that are waited for. */
  private static final class Expected {
    private final long first;
    private final AtomicLongArray times;
    private final CountDownLatch missing;

    Expected(long first, int count) {
      this.first = first;
      this.times = new AtomicLongArray(count);
      this.missing = new CountDownLatch(count);
    }

    void deleted(long item, long at) {
      long index = item - first;
      if (index >= 0 && index < times.length() && times.compareAndSet((int) index, 0, at)) {
        missing.countDown();
      }
    }
  }

  /**
   * Subscribes; the server must have {@code notify-keyspace-events} with {@code E} and {@code g}.
   *
   * @param keyPrefix of the entries' keys, whose last segment is the item's number
   */
  DeletionWatch(String host, int port, String keyPrefix) throws IOException {
    this.keyPrefix = keyPrefix;
    this.socket = new Socket(host, port);
    socket.setTcpNoDelay(true);
    socket
        .getOutputStream()
        .write(("SUBSCRIBE " + CHANNEL + "\r\n").getBytes(StandardCharsets.US_ASCII));
    InputStream in = new BufferedInputStream(socket.getInputStream());
    array(in);
    Thread.ofPlatform().daemon().name("deletion-watch").start(() -> listen(in));
  }

  /** Forgets what was seen, and waits from now on for items {@code first} and the next. */
  void expect(long first, int count) {
    expected = new Expected(first, count);
  }

  /** Waits until all expected items are gone; returns how many are not when the time is over. */
  long await(long seconds) throws InterruptedException {
    CountDownLatch missing = expected.missing;
    return missing.await(seconds, TimeUnit.SECONDS) ? 0 : missing.getCount();
  }

  /** When the {@code index}-th expected item was gone, by {@link System#nanoTime}. */
  long goneAt(int index) {
    return expected.times.get(index);
  }

  private void listen(InputStream in) {
    try {
      while (true) {
        String[] message = array(in);
        long at = System.nanoTime();
        if (message.length > KEY && message[KEY].startsWith(keyPrefix)) {
          String key = message[KEY];
          expected.deleted(Long.parseLong(key.substring(key.lastIndexOf(':') + 1)), at);
        }
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException("lost the connection that watches deletions", e);
      }
    }
  }

  /** Reads an array of strings or integers, in RESP 2. */
  private static String[] array(InputStream in) throws IOException {
    String head = line(in);
    if (head.charAt(0) != '*') {
      throw new IOException("not subscribed: " + head);
    }
    String[] parts = new String[Integer.parseInt(head.substring(1))];
    for (int i = 0; i < parts.length; i++) {
      String part = line(in);
      if (part.charAt(0) == '$') {
        byte[] bytes = in.readNBytes(Integer.parseInt(part.substring(1)));
        line(in);
        parts[i] = new String(bytes, StandardCharsets.UTF_8);
      } else {
        parts[i] = part.substring(1);
      }
    }
    return parts;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close(); // which ends the thread
  }
}
