package dev.freshcut.benchmarks.measure;

import java.util.Arrays;
import java.util.List;

/**
 * The median of a few numbers and how far they lie apart.
 *
 * @param median the middle one; the mean of the middle two when their number is even
 * @param low the least
 * @param high the greatest
 * @param count how many there are, at least one
 */
public record Spread(double median, double low, double high, int count) {

  /**
   * Of these numbers, in any order.
   *
   * @throws IllegalArgumentException if there are none, or one is not a finite number
   */
  public static Spread of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no values to take a median of");
    }
    if (!Arrays.stream(sorted).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException("not all finite: " + values);
    }
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
  }
}
