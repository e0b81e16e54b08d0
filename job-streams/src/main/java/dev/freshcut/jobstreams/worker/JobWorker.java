package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.Names;
import dev.freshcut.jobstreams.client.QuietListener;
import dev.freshcut.jobstreams.store.JobStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the jobs of one queue in this process. Any number of workers, in any number of processes,
 * share a queue. It outlives every failure of the store; a job whose lease it may have lost is
 * asked to end.
 */
public final class JobWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(JobWorker.class);
  private static final Duration ROUND = Duration.ofSeconds(1);

  /** How long after {@link WorkerSettings#drain} handlers have to return once they are asked to. */
  private static final Duration RETURN = Duration.ofSeconds(5);

  /** How long after it the store may still be told of ends; one call of it may follow. */
  private static final Duration TELL = Duration.ofSeconds(7);

  private final String queue;
  private final JobStore store;
  private final WorkerSettings settings;
  private final Running running = new Running();
  private final Beater beater;
  private final Settler settler;
  private final Poller poller;
  private final Watch watch;
  private final Housekeeper housekeeper;
  private final List<Thread> threads = new ArrayList<>();
  private volatile WorkerState state = WorkerState.NEW;

  /**
   * A worker that {@link #start} sets to work.
   *
   * @param clock tells how long jobs waited, and whether one's kind has been unknown for a day;
   *     leases use the store's clock and this machine's monotonic one
   */
  public JobWorker(
      String queue,
      JobStore store,
      Handlers handlers,
      WorkerSettings settings,
      JobListener listener,
      Clock clock) {
    this(queue, store, handlers, settings, listener, clock, System::nanoTime);
  }

  /** With another monotonic clock for leases, so that tests decide when one is over. */
  JobWorker(
      String queue,
      JobStore store,
      Handlers handlers,
      WorkerSettings settings,
      JobListener listener,
      Clock clock,
      LongSupplier nanos) {
    this.queue = Names.check("queue", queue);
    this.store = store;
    this.settings = settings;
    JobListener quiet = new QuietListener(listener);
    this.beater = new Beater(queue, store, settings, running, quiet, nanos);
    this.settler = new Settler(queue, store, settings.concurrency(), quiet, nanos);
    Runner runner = new Runner(queue, handlers, running, settler, quiet, clock, nanos);
    this.poller = new Poller(queue, store, beater, runner, settings.concurrency(), quiet);
    this.watch = new Watch(queue, running, beater);
    this.housekeeper = new Housekeeper(queue, store, running, ROUND, quiet);
  }

  /**
   * Sets it to work; it need not reach the store yet.
   *
   * @throws IllegalStateException if it was started before
   */
  public synchronized void start() {
    become(WorkerState.RUNNING);
    thread("beat", beater::run);
    thread("settle", settler::run);
    thread("watch", watch::run);
    thread("keep", housekeeper::run);
    thread("take", poller::run);
  }

  WorkerState state() {
    return state;
  }

  /**
   * Stops it: takes no more jobs, waits for those that run as long as {@link WorkerSettings#drain}
   * says, asks the rest to end and gives their jobs back. Returns within that time, 7 s and what
   * one call of the store takes at most. Jobs whose handlers will not end are left to the lease.
   */
  @Override
  public synchronized void close() {
    if (state == WorkerState.STOPPED) {
      return;
    }
    if (state == WorkerState.NEW) {
      become(WorkerState.STOPPED);
      return;
    }
    become(WorkerState.DRAINING);
    long drained = System.nanoTime() + settings.drain().toNanos();
    try {
      drain(drained);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // Also when this wait was cut short: without a lease nothing must go on.
      running.stop(attempt -> true, Stop.WORKER_STOPS);
      settler.stop();
      beater.stop();
      watch.stop();
      housekeeper.stop();
      become(WorkerState.STOPPED);
    }
    leave(drained + TELL.toNanos());
  }

  private void drain(long drained) throws InterruptedException {
    poller.stop();
    join("take", drained + RETURN.toNanos());
    if (!running.awaitNone(until(drained))) {
      log.warn(
          "queue {}: {} jobs still run after {}; asked to end, their jobs go to other workers",
          queue,
          running.count(),
          settings.drain());
      running.stop(attempt -> true, Stop.WORKER_STOPS);
      if (!running.awaitNone(until(drained + RETURN.toNanos()))) {
        log.warn(
            "queue {}: {} handlers do not end; their jobs run elsewhere once the lease of {} is"
                + " over",
            queue,
            running.count(),
            settings.lease());
      }
    }
    if (!settler.awaitNone(until(drained + TELL.toNanos()))) {
      log.warn("queue {}: ends of jobs could not be told; these jobs run again", queue);
    }
  }

  /** Only with empty hands: what the store takes back now must not run here any more. */
  private void leave(long end) {
    try {
      join("beat", end);
      if (running.count() == 0 && beater.session().begun()) {
        store.leave(queue, beater.session().worker);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warn(
          "queue {}: could not leave; the lease ends by itself in {}: {}",
          queue,
          settings.lease(),
          e.toString());
    }
  }

  private void become(WorkerState next) {
    if (!state.leadsTo(next)) {
      throw new IllegalStateException("a worker that is " + state + " can't become " + next);
    }
    state = next;
    log.info("queue {}: worker {} is {}", queue, settings.name(), next);
  }

  private void thread(String role, Loop loop) {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("jobs-" + queue + "-" + role)
            .start(
                () -> {
                  try {
                    loop.run();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } catch (RuntimeException | Error e) {
                    failed(role, e);
                  }
                });
    threads.add(thread);
  }

  /** Without this part the others would keep the lease of jobs that go nowhere. */
  private void failed(String role, Throwable failure) {
    log.error(
        "queue {}: {} ended; this worker stops and others get its jobs; restart this process",
        queue,
        role,
        failure);
    poller.stop();
    beater.lose(beater.session(), role + " ended");
    Thread.ofPlatform().daemon().name("jobs-" + queue + "-close").start(this::close);
  }

  private void join(String role, long end) throws InterruptedException {
    for (Thread thread : threads) {
      if (thread.getName().endsWith("-" + role)) {
        thread.join(until(end));
      }
    }
  }

  private static Duration until(long end) {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  /** A part of the worker, for as long as it runs. */
  @FunctionalInterface
  private interface Loop {
    void run() throws InterruptedException;
  }
}
