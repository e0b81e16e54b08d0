package dev.freshcut.jobstreams.worker;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A lease and the name that it is held under. It ends when the store says so, or when so much time
 * has passed since the last heartbeat was sent that it may have ended; the worker then goes on
 * under another name, so that whatever still carries this one is known to be old.
 */
final class Session {
  final String worker;
  private final long leaseNanos;
  private final AtomicBoolean lost = new AtomicBoolean();
  private volatile boolean begun;
  private volatile long renewedNanos;

  Session(String worker, long leaseNanos) {
    this.worker = worker;
    this.leaseNanos = leaseNanos;
  }

  /**
   * Notes a heartbeat that the store accepted.
   *
   * @return false if the lease may have ended before, so that this is another
   */
  boolean renewed(long sentNanos, long nowNanos) {
    if (begun && nowNanos - renewedNanos > leaseNanos) {
      return false;
    }
    renewedNanos = sentNanos;
    begun = true;
    return true;
  }

  boolean begun() {
    return begun;
  }

  boolean live(long nowNanos) {
    return begun && !lost.get() && nowNanos - renewedNanos <= leaseNanos;
  }

  boolean lapsed(long nowNanos) {
    return begun && nowNanos - renewedNanos > leaseNanos;
  }

  boolean isLost() {
    return lost.get();
  }

  /** Ends it; true the first time. */
  boolean lose() {
    return lost.compareAndSet(false, true);
  }
}
