package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.Priority;
import dev.freshcut.jobstreams.client.Outage;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.Taken;
import dev.freshcut.jobstreams.store.TakenJob;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Takes as many jobs as there is room for, and waits in the store while there are none. */
final class Poller {
  private static final int MOST_AT_ONCE = 100;

  /** Bounds what a wait that was forgotten by the store can cost. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /**
   * Once in so many takes each of the lower priorities is looked at first, so that none starves.
   */
  private static final int TURN = 8;

  private static final List<Priority> HIGHEST_FIRST =
      List.of(Priority.URGENT, Priority.NORMAL, Priority.BULK);
  private static final List<Priority> MIDDLE_FIRST =
      List.of(Priority.NORMAL, Priority.URGENT, Priority.BULK);
  private static final List<Priority> LOWEST_FIRST =
      List.of(Priority.BULK, Priority.NORMAL, Priority.URGENT);

  private final String queue;
  private final JobStore store;
  private final Beater beater;
  private final Runner runner;
  private final Semaphore room;
  private final Outage outage;
  private long takes;
  private boolean stopping;
  private @Nullable Thread waiting;

  Poller(
      String queue,
      JobStore store,
      Beater beater,
      Runner runner,
      int concurrency,
      JobListener listener) {
    this.queue = queue;
    this.store = store;
    this.beater = beater;
    this.runner = runner;
    this.room = new Semaphore(concurrency);
    this.outage = new Outage(queue, "take", "no job is begun", listener);
  }

  /** Takes jobs until it is stopped. */
  void run() {
    while (!isStopping()) {
      Session session = whenThereIsRoom();
      if (session != null) {
        take(session);
      }
    }
  }

  /** Takes no more jobs; returns at once, and never gives up an answer that is under way. */
  synchronized void stop() {
    stopping = true;
    if (waiting != null) {
      waiting.interrupt();
    }
  }

  /** Waits for a lease and for room, of which it has then one. */
  private @Nullable Session whenThereIsRoom() {
    return interruptibly(
        () -> {
          room.acquire();
          Session session = beater.awaitLive();
          if (session == null) {
            room.release();
          }
          return session;
        });
  }

  private void take(Session session) {
    int most = 1;
    while (most < MOST_AT_ONCE && room.tryAcquire()) {
      most++;
    }
    int begun = 0;
    try {
      Taken taken = store.take(queue, session.worker, most, nextOrder());
      outage.answered();
      begun = begin(taken, session);
      if (!taken.registered()) {
        beater.lose(session, "the store does not know it");
      } else if (begun < most) {
        room.release(most - begun);
        most = begun;
        awaitNews(taken);
      }
    } catch (RuntimeException e) {
      Duration pause = outage.failed(e);
      interruptibly(
          () -> {
            Thread.sleep(pause);
            return null;
          });
    } finally {
      room.release(most - begun);
    }
  }

  private List<Priority> nextOrder() {
    return switch ((int) (++takes % TURN)) {
      case 0 -> LOWEST_FIRST;
      case TURN / 2 -> MIDDLE_FIRST;
      default -> HIGHEST_FIRST;
    };
  }

  /** Begins what was taken, or gives it back if the worker stops meanwhile; says how many run. */
  private int begin(Taken taken, Session session) {
    boolean late = isStopping();
    for (TakenJob job : taken.jobs()) {
      if (late) {
        runner.giveBack(job, session);
      } else {
        runner.start(job, session, room::release);
      }
    }
    return late ? 0 : taken.jobs().size();
  }

  private void awaitNews(Taken taken) {
    Duration idle = taken.idle().compareTo(LONGEST_WAIT) < 0 ? taken.idle() : LONGEST_WAIT;
    if (idle.isPositive()) {
      interruptibly(
          () -> {
            store.await(queue, taken.cursor(), idle);
            return null;
          });
    }
  }

  /** A step that stopping may interrupt, as nothing is lost by it. */
  private <T> @Nullable T interruptibly(Step<T> step) {
    synchronized (this) {
      if (stopping) {
        return null;
      }
      waiting = Thread.currentThread();
    }
    try {
      return step.run();
    } catch (InterruptedException e) {
      return null;
    } finally {
      synchronized (this) {
        waiting = null;
        boolean unused = Thread.interrupted();
      }
    }
  }

  private synchronized boolean isStopping() {
    return stopping;
  }

  /** What may be interrupted. */
  @FunctionalInterface
  private interface Step<T> {
    @Nullable T run() throws InterruptedException;
  }
}
