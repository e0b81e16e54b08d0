package dev.freshcut.notificationworker.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names up on few threads of the platform, and no longer than a bound. The system's look-up
 * has none: it would keep the carriers of virtual threads, and a name whose servers are silent
 * would use up a delivery's time. Names that come while all threads wait are not looked up.
 */
final class BoundedLookup implements Addresses.Lookup, AutoCloseable {
  static final int THREADS = 8;

  private final Addresses.Lookup system;
  private final Duration atMost;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Thread.ofPlatform().daemon().name("webhook-names-", 1).factory());

  BoundedLookup(Addresses.Lookup system, Duration atMost) {
    this.system = system;
    this.atMost = atMost;
  }

  @Override
  public InetAddress[] of(String host) throws UnknownHostException {
    Future<InetAddress[]> answer;
    try {
      answer = threads.submit(() -> system.of(host));
    } catch (RejectedExecutionException e) {
      throw failure("too many names are being looked up", e);
    }
    try {
      return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw failure("the name's servers did not answer in time", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnknownHostException unknown
          ? unknown
          : failure("the name can't be looked up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted while a name was looked up", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static UnknownHostException failure(String reason, Exception cause) {
    UnknownHostException failure = new UnknownHostException(reason);
    failure.initCause(cause);
    return failure;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
