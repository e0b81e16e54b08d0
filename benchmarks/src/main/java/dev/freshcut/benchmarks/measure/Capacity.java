package dev.freshcut.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The highest rate at which work is still done in time: an {@link OpenLoop} is offered at a rate
 * that doubles until its 99th percentile is above the bound, and the interval that this leaves is
 * halved, by ratio, some times. Times run from when a piece was due.
 */
public final class Capacity {
  private static final double HIGHEST = 200_000;

  private final double boundMillis;
  private final double seconds;
  private final int halvings;
  private final int threads;

  /**
   * Creates a search.
   *
   * @param boundMillis that the 99th percentile must not exceed
   * @param seconds each rate is offered
   * @param halvings of the interval; four leave 4 % of uncertainty
   * @param threads that offer the load
   */
  public Capacity(double boundMillis, double seconds, int halvings, int threads) {
    this.boundMillis = boundMillis;
    this.seconds = seconds;
    this.halvings = halvings;
    this.threads = threads;
  }

  /**
   * A rate that was offered, and what came of it.
   *
   * @param perSecond offered
   * @param medianMillis from when it was due to when it was done
   * @param p99Millis likewise
   * @param kept whether the 99th percentile is within the bound
   */
  public record Trial(double perSecond, double medianMillis, double p99Millis, boolean kept) {}

  /**
   * What a search found.
   *
   * @param perSecond the highest rate at which the bound was kept
   * @param trials all, in order
   */
  public record Found(double perSecond, List<Trial> trials) {}

  /** Searches from a rate on; if even that is too much, from lower ones. */
  public Found search(double from, OpenLoop.Work work) throws Exception {
    List<Trial> trials = new ArrayList<>();
    double kept = 0;
    double broken = Double.POSITIVE_INFINITY;
    double rate = from;
    while ((kept == 0 || Double.isInfinite(broken)) && rate >= 1 && rate <= HIGHEST) {
      Trial trial = offer(rate, work);
      trials.add(trial);
      if (trial.kept) {
        kept = rate;
        rate *= 2;
      } else {
        broken = rate;
        rate /= 2;
      }
    }
    for (int i = 0; i < halvings && kept > 0 && Double.isFinite(broken); i++) {
      Trial trial = offer(Math.sqrt(kept * broken), work);
      trials.add(trial);
      if (trial.kept) {
        kept = trial.perSecond;
      } else {
        broken = trial.perSecond;
      }
    }
    return new Found(kept, List.copyOf(trials));
  }

  private Trial offer(double perSecond, OpenLoop.Work work) throws Exception {
    Histogram[] times = new Histogram[threads];
    for (int i = 0; i < threads; i++) {
      times[i] = OpenLoop.newHistogram();
    }
    new OpenLoop(perSecond, threads)
        .offer(
            (int) Math.max(threads, perSecond * seconds),
            (thread, index, due) -> {
              work.run(thread, index, due);
              times[thread].recordValue(System.nanoTime() - due);
            });
    Histogram all = OpenLoop.newHistogram();
    for (Histogram one : times) {
      all.add(one);
    }
    double p99 = millis(all, 99);
    return new Trial(perSecond, millis(all, 50), p99, p99 <= boundMillis);
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
