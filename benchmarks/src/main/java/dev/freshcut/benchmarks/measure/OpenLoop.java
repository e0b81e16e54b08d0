package dev.freshcut.benchmarks.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Offers work at a fixed rate, whether or not earlier work is done: the i-th piece is due at start
 * + i × period. A closed loop would wait for slow answers and so not see how many others they would
 * have delayed ("coordinated omission", G. Tene).
 */
public final class OpenLoop {
  private final double perSecond;
  private final int threads;

  /**
   * Creates a load.
   *
   * @param perSecond pieces of work a second over all threads
   * @param threads that share the work in turn; enough of them that one that waits for its piece
   *     does not delay the next
   */
  public OpenLoop(double perSecond, int threads) {
    if (perSecond <= 0 || threads < 1) {
      throw new IllegalArgumentException("a rate and at least one thread are needed");
    }
    this.perSecond = perSecond;
    this.threads = threads;
  }

  /** One piece of work. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does the piece.
     *
     * @param thread which thread this is, from 0
     * @param index which piece this is, from 0
     * @param due when it was to be begun, by {@link System#nanoTime}
     */
    void run(int thread, int index, long due) throws Exception;
  }

  /**
   * Offers {@code count} pieces and returns once all are done.
   *
   * @return by how many nanoseconds each piece was begun late; large values mean that the load was
   *     not offered as promised
   * @throws java.util.concurrent.ExecutionException if a piece failed
   */
  public Histogram offer(int count, Work work) throws Exception {
    long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
    List<Future<Histogram>> parts = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int thread = 0; thread < threads; thread++) {
        int self = thread;
        parts.add(pool.submit(() -> offerEvery(self, count, start, work)));
      }
      Histogram lateness = newHistogram();
      for (Future<Histogram> part : parts) {
        lateness.add(part.get());
      }
      return lateness;
    }
  }

  private Histogram offerEvery(int thread, int count, long start, Work work) throws Exception {
    Histogram lateness = newHistogram();
    for (int i = thread; i < count; i += threads) {
      long due = start + (long) (i * 1e9 / perSecond);
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      lateness.recordValue(System.nanoTime() - due);
      work.run(thread, i, due);
    }
    return lateness;
  }

  /** A histogram of nanoseconds up to ten minutes, to three significant digits. */
  public static Histogram newHistogram() {
    return new Histogram(Duration.ofMinutes(10).toNanos(), 3);
  }
}
