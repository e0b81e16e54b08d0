package dev.freshcut.benchmarks.booking;

import java.util.Arrays;
import java.util.Random;

/** Numbers from 0 on, the i-th of which comes up in proportion to 1 / (i + 1). */
final class Zipf {
  private final double[] upTo;

  Zipf(int count) {
    upTo = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += 1.0 / (i + 1);
      upTo[i] = sum;
    }
  }

  int next(Random random) {
    int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
    return found < 0 ? -found - 1 : found;
  }
}
