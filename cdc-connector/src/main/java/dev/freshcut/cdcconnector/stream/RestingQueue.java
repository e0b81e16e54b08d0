package dev.freshcut.cdcconnector.stream;

import io.debezium.connector.base.QueueProvider;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's queue in memory, but whoever looks into it again and again while it is empty rests
 * between the looks.
 *
 * <p>Debezium's {@code ChangeEventQueue.poll} waits in whole milliseconds, and spins for what is
 * left of its interval, with the queue's lock held. An idle stream would keep a good part of a core
 * busy: all of one at a poll interval of 1 ms.
 *
 * <p>Debezium calls it with its own lock held, and finds it by {@link #name} among the services.
 */
public final class RestingQueue<T> implements QueueProvider<T> {
  static final String NAME = "resting";
  private static final int LOOKS_WITHOUT_REST = 3;
  private static final long REST_NANOS = 100_000;

  private final Queue<T> events = new ArrayDeque<>();
  private int looks;

  @Override
  public String name() {
    return NAME;
  }

  /** Has nothing to configure: Debezium itself keeps the queue within its bound. */
  @Override
  public void configure(Map<String, ?> properties) {}

  @Override
  public void enqueue(T event) {
    looks = 0;
    events.add(event);
  }

  @Override
  public @Nullable T poll() {
    return events.poll();
  }

  @Override
  public int size() {
    if (events.isEmpty() && ++looks > LOOKS_WITHOUT_REST) {
      LockSupport.parkNanos(REST_NANOS);
    }
    return events.size();
  }
}
