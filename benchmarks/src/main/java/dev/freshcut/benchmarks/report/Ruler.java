package dev.freshcut.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Maps the values of one axis to pixels, and chooses where its ticks are. */
final class Ruler {
  private static final int TICKS = 6;

  private final Chart.Axis axis;
  private final double low;
  private final double high;
  private final double from;
  private final double to;

  private Ruler(Chart.Axis axis, double low, double high, double from, double to) {
    this.axis = axis;
    this.low = low;
    this.high = high;
    this.from = from;
    this.to = to;
  }

  /**
   * A ruler that has room for all values.
   *
   * @param from pixel of the lowest value
   * @param to pixel of the highest value
   * @throws IllegalArgumentException if a value cannot be shown on such a scale
   */
  static Ruler over(Chart.Axis axis, DoubleStream values, double from, double to) {
    double[] all = values.map(value -> position(axis.scale(), value)).toArray();
    double low = DoubleStream.of(all).min().orElse(0);
    double high = DoubleStream.of(all).max().orElse(1);
    switch (axis.scale()) {
      case LINEAR -> {
        low = Math.min(0, low);
        double step = step(low, high);
        high = Math.max(step, Math.ceil(high / step) * step);
      }
      case LOG -> {
        low = Math.floor(low + 1e-9);
        high = Math.max(low + 1, Math.ceil(high - 1e-9));
      }
      case QUANTILE -> high = Math.max(1, Math.ceil(high - 1e-9));
    }
    return new Ruler(axis, low, high, from, to);
  }

  /** The pixel of a value. */
  double pixel(double value) {
    return from + (position(axis.scale(), value) - low) / (high - low) * (to - from);
  }

  /** Values that get a tick, in rising order. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (axis.scale() == Chart.Scale.LINEAR) {
      double step = step(low, high);
      for (long i = Math.round(low / step); i * step <= high + step / 2; i++) {
        ticks.add(i * step);
      }
      return ticks;
    }
    if (axis.scale() == Chart.Scale.QUANTILE) {
      ticks.add(0.0);
      ticks.add(0.5);
    }
    for (int power = (int) Math.round(low); power <= (int) Math.round(high); power++) {
      double value = Math.pow(10, power);
      if (axis.scale() == Chart.Scale.LOG) {
        ticks.add(value);
      } else if (power > 0) {
        ticks.add(1 - 1 / value);
      }
    }
    if (axis.scale() == Chart.Scale.QUANTILE) {
      ticks.removeIf(tick -> position(axis.scale(), tick) < low);
    }
    return ticks;
  }

  /** How a tick is labelled. */
  String label(double tick) {
    return axis.scale() == Chart.Scale.QUANTILE
        ? Figures.text(Math.round(tick * 1e8) / 1e6, 7) + " %"
        : Figures.text(tick);
  }

  private static double position(Chart.Scale scale, double value) {
    double position =
        switch (scale) {
          case LINEAR -> value;
          case LOG -> Math.log10(value);
          case QUANTILE -> -Math.log10(1 - value);
        };
    if (!Double.isFinite(position)) {
      throw new IllegalArgumentException(value + " has no place on a scale of kind " + scale);
    }
    return position;
  }

  /** 1, 2 or 5 times a power of ten. */
  private static double step(double low, double high) {
    double rough = Math.max(high - low, 1e-9) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double fraction = rough / power;
    return power * (fraction <= 1 ? 1 : fraction <= 2 ? 2 : fraction <= 5 ? 5 : 10);
  }
}
