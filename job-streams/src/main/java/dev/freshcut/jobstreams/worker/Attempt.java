package dev.freshcut.jobstreams.worker;

import dev.freshcut.jobstreams.JobContext;
import dev.freshcut.jobstreams.store.Bounds;
import dev.freshcut.jobstreams.store.Progress;
import dev.freshcut.jobstreams.store.TakenJob;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One attempt that runs here. */
final class Attempt implements JobContext {
  private static final int LONGEST_NOTE = 200;

  final TakenJob job;
  final Session session;
  final long startedNanos;
  private final AtomicReference<@Nullable Progress> progress = new AtomicReference<>();
  private volatile @Nullable Stop stop;
  private @Nullable Thread thread;
  private long timeoutNanos;
  private boolean complained;

  Attempt(TakenJob job, Session session, long startedNanos) {
    this.job = job;
    this.session = session;
    this.startedNanos = startedNanos;
  }

  /** The current thread begins its handler: from here on it may be interrupted. */
  synchronized void begin(Duration timeout) {
    thread = Thread.currentThread();
    timeoutNanos = timeout.toNanos();
    if (stop != null) {
      thread.interrupt();
    }
  }

  /** The handler has returned: what is left is the worker's and is not to be interrupted. */
  synchronized void end() {
    thread = null;
    boolean unused = Thread.interrupted();
  }

  /** Asks it to end; the first reason counts. */
  synchronized void stop(Stop why) {
    if (stop == null) {
      stop = why;
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  /** Asks it to end if its time has run out; true when it does not care, once. */
  synchronized boolean checkTime(long nowNanos, Duration patience) {
    long over = nowNanos - startedNanos - timeoutNanos;
    if (thread == null || over < 0) {
      return false;
    }
    stop(Stop.TIMED_OUT);
    boolean complains = !complained && over > patience.toNanos();
    complained |= complains;
    return complains;
  }

  @Nullable Stop stopped() {
    return stop;
  }

  /** What it said last and has not been told to the store yet. */
  @Nullable Progress takeProgress() {
    return progress.getAndSet(null);
  }

  @Override
  public String id() {
    return job.id();
  }

  @Override
  public int attempt() {
    return job.attempt();
  }

  @Override
  public Instant enqueuedAt() {
    return job.enqueuedAt();
  }

  @Override
  public Instant dueAt() {
    return job.dueAt();
  }

  @Override
  public boolean cancelled() {
    return stop != null;
  }

  @Override
  public void progress(int percent, String note) {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("progress is " + percent + ": from 0 to 100");
    }
    progress.set(new Progress(job.id(), job.lease(), percent, Bounds.cut(note, LONGEST_NOTE)));
  }
}
