package dev.freshcut.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * How long the operations of one round took, called one after the other by each thread.
 *
 * @param medianMicros microseconds
 * @param p99Micros microseconds
 * @param perSecond over all threads
 */
public record Timings(double medianMicros, double p99Micros, double perSecond) {

  /** One operation; its result is used, so that it cannot be optimised away. */
  @FunctionalInterface
  public interface Operation {
    /** Does it, for the {@code index}-th time in this round, from 0. */
    Object run(int index) throws Exception;
  }

  /** Times {@code count} operations on the calling thread. */
  public static Timings of(int count, Operation operation) throws Exception {
    long start = System.nanoTime();
    Histogram histogram = time(0, count, 1, operation);
    return of(histogram, System.nanoTime() - start);
  }

  /** Times {@code count} operations shared by this many threads. */
  public static Timings of(int threads, int count, Operation operation) throws Exception {
    Histogram all = OpenLoop.newHistogram();
    List<Future<Histogram>> parts = new ArrayList<>();
    long start = System.nanoTime();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      for (int thread = 0; thread < threads; thread++) {
        int first = thread;
        parts.add(pool.submit(() -> time(first, count, threads, operation)));
      }
      for (Future<Histogram> part : parts) {
        all.add(part.get());
      }
    }
    return of(all, System.nanoTime() - start);
  }

  /** The figures of a histogram of nanoseconds. */
  public static Timings of(Histogram histogram, long tookNanos) {
    return new Timings(
        histogram.getValueAtPercentile(50) / 1e3,
        histogram.getValueAtPercentile(99) / 1e3,
        histogram.getTotalCount() * 1e9 / tookNanos);
  }

  private static Histogram time(int first, int count, int step, Operation operation)
      throws Exception {
    Histogram histogram = OpenLoop.newHistogram();
    int used = 0;
    for (int i = first; i < count; i += step) {
      long start = System.nanoTime();
      Object result = operation.run(i);
      histogram.recordValue(System.nanoTime() - start);
      used += System.identityHashCode(result);
    }
    if (used == 1) {
      throw new IllegalStateException("never so, but the compiler does not know");
    }
    return histogram;
  }
}
