package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.invalidationworker.consuming.Lifecycle.State;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one consumer at work until it is stopped; a fault ends a session, not the loop. */
public final class ConsumerLoop implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ConsumerLoop.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final Work work;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final DeadLetters deadLetters;
  private final Lifecycle lifecycle = new Lifecycle();
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private volatile @Nullable ConsumerSession session;

  ConsumerLoop(Work work, Supplier<Consumer<byte[], byte[]>> consumers, DeadLetters deadLetters) {
    this.work = work;
    this.consumers = consumers;
    this.deadLetters = deadLetters;
  }

  @Override
  public void run() {
    // Shared with the sessions: a batch that is recorded begins it anew.
    Backoff backoff = work.newBackoff();
    try {
      while (stop.getCount() > 0) {
        try {
          consume(backoff);
        } catch (WakeupException e) {
          log.debug("woken up");
        } catch (RuntimeException e) {
          long pause = backoff.nextMillis();
          lifecycle.to(State.PAUSED, String.valueOf(e));
          log.error("consumer failed; nothing is skipped, a new one starts in {} ms", pause, e);
          boolean unused = stop.await(pause, TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lifecycle.to(State.STOPPED, "stopped");
      log.info("consumer stopped");
    }
  }

  private void consume(Backoff backoff) {
    Consumer<byte[], byte[]> current = consumers.get();
    try {
      consumer = current;
      ConsumerSession started = new ConsumerSession(current, deadLetters, lifecycle, backoff, work);
      session = started;
      started.join(work.topics());
      while (stop.getCount() > 0) {
        started.step();
      }
    } finally {
      consumer = null;
      current.close(CloseOptions.timeout(CLOSE));
    }
  }

  /** Asks the loop to end; it does after at most the pipeline that is under way. */
  public void stop() {
    stop.countDown();
    Consumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
  }

  /** State and reason. */
  public Lifecycle.Status status() {
    return lifecycle.status();
  }

  /** The next offset by partition, as recorded in Redis, as of the last check. */
  public Map<String, Long> positions() {
    ConsumerSession current = session;
    return current == null ? Map.of() : current.positions();
  }

  /** How many evictions are owed for later. */
  public int owed() {
    ConsumerSession current = session;
    return current == null ? 0 : current.owed();
  }
}
