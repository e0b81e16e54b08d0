package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.JobListener;
import dev.freshcut.jobstreams.JobListener.End;
import dev.freshcut.jobstreams.client.Outage;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.Settlement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Tells the store how attempts ended: many in one call, and again until it is answered. An answer
 * that was lost does no harm, as a second telling is refused. While the worker's lease holds nobody
 * takes its jobs back; what is then refused was accepted before, from this class or from the
 * store's client, which may repeat a call without a word.
 */
final class Settler {
  private static final int MOST_AT_ONCE = 200;

  private final String queue;
  private final JobStore store;
  private final JobListener listener;
  private final Outage outage;
  private final int mostWaiting;
  private final LongSupplier nanos;
  private final Deque<Ended> waiting = new ArrayDeque<>();
  // Not a monitor: those who wait here are virtual threads, and would keep their carriers.
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean stopping;
  private boolean telling;

  /** An end that is to be told. */
  record Ended(Session session, String type, Settlement settlement, Duration took) {}

  Settler(String queue, JobStore store, int concurrency, JobListener listener, LongSupplier nanos) {
    this.queue = queue;
    this.nanos = nanos;
    this.store = store;
    this.listener = listener;
    this.mostWaiting = Math.max(concurrency, 2 * MOST_AT_ONCE);
    this.outage =
        new Outage(
            queue, "settle", "ends of jobs are kept and told later; their jobs run here", listener);
  }

  /** Takes an end; waits while too many do, so that a store that is away stops the work. */
  void add(Ended ended) {
    lock.lock();
    try {
      while (waiting.size() >= mostWaiting && !stopping) {
        changed.awaitUninterruptibly();
      }
      waiting.addLast(ended);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Tells ends until it is stopped. */
  void run() throws InterruptedException {
    try {
      List<Ended> batch = next();
      while (!batch.isEmpty()) {
        try {
          tell(batch);
          outage.answered();
          batch = next();
        } catch (RuntimeException e) {
          if (pause(outage.failed(e))) {
            return;
          }
        }
      }
    } finally {
      // Also when it broke: nobody is to wait for it.
      stop();
    }
  }

  /** Waits until all is told; false if something is not, or it was stopped before. */
  boolean awaitNone(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (telling || !waiting.isEmpty()) {
        if (left <= 0 || stopping) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    lock.lock();
    try {
      stopping = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void tell(List<Ended> batch) {
    Session session = batch.get(0).session();
    List<Boolean> accepted =
        store.settle(queue, session.worker, batch.stream().map(Ended::settlement).toList());
    boolean told = session.live(nanos.getAsLong());
    for (int i = 0; i < batch.size(); i++) {
      Ended ended = batch.get(i);
      End end = accepted.get(i) || told ? Verdicts.end(ended.settlement().verdict()) : End.LOST;
      listener.ended(queue, ended.type(), end, ended.took());
    }
  }

  /** The next ends of one session; none if it is to stop. */
  private List<Ended> next() throws InterruptedException {
    lock.lock();
    try {
      telling = false;
      changed.signalAll();
      while (waiting.isEmpty() && !stopping) {
        changed.await();
      }
      List<Ended> batch = new ArrayList<>();
      while (batch.size() < MOST_AT_ONCE
          && !waiting.isEmpty()
          && (batch.isEmpty() || waiting.peekFirst().session() == batch.get(0).session())) {
        batch.add(waiting.removeFirst());
      }
      telling = !batch.isEmpty();
      changed.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private boolean pause(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!stopping && left > 0) {
        left = changed.awaitNanos(left);
      }
      return stopping;
    } finally {
      lock.unlock();
    }
  }
}
