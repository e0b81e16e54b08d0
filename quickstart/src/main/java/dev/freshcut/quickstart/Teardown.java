package dev.freshcut.quickstart;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started and must be stopped, last first.
 *
 * <p>Safe for use by the thread that starts and the one that stops: whatever is added after the
 * stop began is stopped at once. A part that does not stop within its time is left behind, so that
 * those after it are stopped all the same.
 */
final class Teardown implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Teardown.class);

  private record Part(String name, AutoCloseable closeable) {}

  private final Duration patience;
  private final Deque<Part> parts = new ArrayDeque<>();
  private final Object closing = new Object();
  private boolean closed;

  /**
   * Nothing to stop yet.
   *
   * @param patience how long one part may take to stop
   */
  Teardown(Duration patience) {
    this.patience = patience;
  }

  /**
   * Adds a part.
   *
   * @throws CancellationException if the stop has begun; the part has then been stopped
   */
  <T extends AutoCloseable> T add(String name, T closeable) {
    synchronized (parts) {
      if (!closed) {
        parts.push(new Part(name, closeable));
        return closeable;
      }
    }
    stop(new Part(name, closeable));
    throw new CancellationException("stopped while " + name + " was starting");
  }

  /** Whether the stop has begun. */
  boolean closing() {
    synchronized (parts) {
      return closed;
    }
  }

  /** Whether there is nothing to stop. */
  boolean empty() {
    synchronized (parts) {
      return parts.isEmpty();
    }
  }

  /** Stops every part, last first. Whoever calls it again waits for the one who is at it. */
  @Override
  public void close() {
    synchronized (closing) {
      while (true) {
        @Nullable Part part;
        synchronized (parts) {
          closed = true;
          part = parts.poll();
        }
        if (part == null) {
          return;
        }
        stop(part);
      }
    }
  }

  private void stop(Part part) {
    Thread stopper =
        Thread.ofPlatform()
            .daemon()
            .name("stop " + part.name())
            .start(
                () -> {
                  try {
                    part.closeable().close();
                  } catch (Exception | Error e) {
                    log.warn("{} did not stop cleanly; going on with the rest", part.name(), e);
                  }
                });
    try {
      if (stopper.join(patience)) {
        log.info("{} stopped", part.name());
      } else {
        log.warn("{} did not stop within {}; leaving it behind", part.name(), patience);
      }
    } catch (InterruptedException e) {
      // Whoever interrupts wants it faster: the rest is still told to stop, without waiting long.
      Thread.currentThread().interrupt();
      log.warn("Interrupted while {} was stopping; going on with the rest", part.name());
    }
  }
}
