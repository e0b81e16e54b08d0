package dev.freshcut.notificationworker.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up on few threads of the platform, and no longer than a bound. The system's look-up
 * has none: it would keep the carriers of virtual threads, and a name whose servers are silent
 * would use up a delivery's time. One look-up of a name is under way at a time, for all who ask: a
 * name that is silent keeps one thread. Safe for use by many threads.
 */
final class BoundedLookup implements Addresses.Lookup, AutoCloseable {
  static final int THREADS = 8;

  private static final int MOST_WAITING = 1_000;

  /** The name was not looked up, as all threads were with others: no fault of its own. */
  static final class BusyException extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    BusyException() {
      super("too many names are being looked up");
    }
  }

  private final Addresses.Lookup system;
  private final Duration atMost;
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          Thread.ofPlatform().daemon().name("webhook-names-", 1).factory());

  /**
   * Makes one.
   *
   * @param atMost how long somebody waits for a thread, and then for the answer
   */
  BoundedLookup(Addresses.Lookup system, Duration atMost) {
    this.system = system;
    this.atMost = atMost;
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public InetAddress[] of(String host) throws UnknownHostException {
    try {
      Asked one = asked(host);
      if (!one.begun.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BusyException();
      }
      return one.answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS).clone();
    } catch (TimeoutException e) {
      throw failure("the name's servers did not answer in time", e);
    } catch (ExecutionException e) {
      throw failure(
          e.getCause() instanceof UnknownHostException unknown
              ? unknown.getMessage()
              : "the name can't be looked up",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted while a name was looked up", e);
    }
  }

  /** The look-up that is under way, or a new one. */
  private Asked asked(String host) throws BusyException {
    Asked mine = new Asked();
    Asked other = asked.putIfAbsent(host, mine);
    if (other != null) {
      return other;
    }
    try {
      threads.execute(() -> look(host, mine));
    } catch (RejectedExecutionException e) {
      asked.remove(host, mine);
      throw new BusyException();
    }
    return mine;
  }

  private void look(String host, Asked one) {
    one.begun.countDown();
    try {
      one.answer.complete(system.of(host));
    } catch (UnknownHostException | RuntimeException e) {
      one.answer.completeExceptionally(e);
    } finally {
      asked.remove(host, one);
    }
  }

  private static UnknownHostException failure(@Nullable String reason, Exception cause) {
    UnknownHostException failure = new UnknownHostException(reason);
    failure.initCause(cause);
    return failure;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** A look-up, for all who ask for its name meanwhile. */
  private static final class Asked {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CompletableFuture<InetAddress[]> answer = new CompletableFuture<>();
  }
}
