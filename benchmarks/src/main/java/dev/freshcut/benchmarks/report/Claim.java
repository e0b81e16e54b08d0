package dev.freshcut.benchmarks.report;

import dev.freshcut.benchmarks.measure.Spread;

/**
 * One claim and what was measured.
 *
 * @param text what is claimed, without the number
 * @param measured the figure and its spread over the rounds; the median is held against the limit
 * @param unit of figure and limit; {@code ×} for a ratio
 * @param bound on which side of the limit the figure must lie
 * @param limit the target
 */
public record Claim(String text, Spread measured, String unit, Bound bound, double limit) {

  /** A side of a limit, which itself belongs to it. */
  public enum Bound {
    AT_MOST("≤"),
    AT_LEAST("≥");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }
  }

  /** Whether the target is met. */
  public boolean met() {
    return switch (bound) {
      case AT_MOST -> measured.median() <= limit;
      case AT_LEAST -> measured.median() >= limit;
    };
  }

  /** The target, as people write it. */
  public String target() {
    return bound.sign + " " + Figures.text(limit) + " " + unit;
  }

  /** The figure, and its spread when there was more than one round. */
  public String figure() {
    String figure = Figures.text(measured.median()) + " " + unit;
    return measured.count() == 1
        ? figure
        : figure + " (" + Figures.text(measured.low()) + "–" + Figures.text(measured.high()) + ")";
  }
}
