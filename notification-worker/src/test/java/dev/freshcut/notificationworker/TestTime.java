package dev.freshcut.notificationworker;

import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * A time that a test moves: that of the service and that of its queues. Workers that wait in the
 * store look again after a moment, as they would not notice, and leases are renewed before each
 * step, as they would end.
 */
final class TestTime extends Clock {
  private static final Duration LEASE = Duration.ofDays(1);
  private static final Duration STEP = Duration.ofHours(20);
  private static final Duration MOMENT = Duration.ofMillis(50);
  private static final int LOSSES = 5;

  /** Who has not beaten for so long is lost, and stays so. */
  private static final Duration LIVE = Duration.ofSeconds(6);

  private final Clock system = Clock.systemUTC();
  private final AtomicLong ahead = new AtomicLong();
  private final Map<String, Beaten> workers = new ConcurrentHashMap<>();
  private final JobStore store;
  private final JobStore hasty;
  private volatile boolean cut;

  TestTime(BiFunction<Duration, LongSupplier, JobStore> store) {
    this.store = store.apply(Duration.ofSeconds(3), this::aheadMillis);
    this.hasty = store.apply(Duration.ofSeconds(1), this::aheadMillis);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return system.instant().plusMillis(ahead.get());
  }

  /** Of the true time. */
  long aheadMillis() {
    return ahead.get();
  }

  /** As operators see it. */
  JobStore store() {
    return store;
  }

  /** As workers see it. */
  JobStore workersStore() {
    return (JobStore)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(),
            new Class<?>[] {JobStore.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (cut) {
      throw new StoreUnavailableException("cut off", new IllegalStateException("by a test"));
    }
    switch (method.getName()) {
      case "beat" ->
          workers.put((String) arguments[1], new Beaten((String) arguments[0], System.nanoTime()));
      case "leave" -> workers.remove((String) arguments[1]);
      case "await" -> {
        if (MOMENT.compareTo((Duration) arguments[2]) < 0) {
          arguments[2] = MOMENT;
        }
      }
      default -> {}
    }
    try {
      return method.invoke(hasty, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Keeps workers from the store, or lets them again. */
  void cut(boolean newCut) {
    cut = newCut;
  }

  /** Lets time pass in which a queue's leases end, and somebody who takes back what was held. */
  void loseWorkers(String queue) {
    renew(LIVE);
    ahead.addAndGet(LIVE.multipliedBy(2).toMillis());
    String finder = "finder-" + ahead.get();
    store.beat(queue, finder, LEASE, LOSSES);
    store.leave(queue, finder);
  }

  /** Lets time pass. */
  void pass(Duration time) {
    long left = time.toMillis();
    while (left > 0) {
      // The rest first, so that where it stops does not depend on when it begins.
      long rest = left % STEP.toMillis();
      long step = rest == 0 ? STEP.toMillis() : rest;
      renew(LEASE);
      ahead.addAndGet(step);
      left -= step;
    }
  }

  private void renew(Duration lease) {
    workers.values().removeIf(beaten -> System.nanoTime() - beaten.nanos() > LIVE.toNanos());
    workers.forEach((worker, beaten) -> store.beat(beaten.queue(), worker, lease, LOSSES));
  }

  private record Beaten(String queue, long nanos) {}
}
