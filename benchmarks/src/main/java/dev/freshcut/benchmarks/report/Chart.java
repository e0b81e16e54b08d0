package dev.freshcut.benchmarks.report;

import java.util.List;

/** What a plot shows. */
public sealed interface Chart {
  /** Its heading. */
  String title();

  /**
   * Bars side by side in groups, from zero.
   *
   * @param axis of the bars' heights
   * @param groups names under the groups
   * @param series one bar a group; values in the order of the groups
   */
  record Bars(String title, Axis axis, List<String> groups, List<Series> series) implements Chart {
    public Bars {
      groups = List.copyOf(groups);
      series = List.copyOf(series);
      for (Series one : series) {
        if (one.points().size() != groups.size()) {
          throw new IllegalArgumentException(one.name() + " needs one value for each of " + groups);
        }
      }
    }
  }

  /** Lines through points. */
  record Lines(String title, Axis x, Axis y, List<Series> series) implements Chart {
    public Lines {
      series = List.copyOf(series);
    }
  }

  /**
   * A scale.
   *
   * @param label what it measures, with the unit
   * @param scale how values are laid out along it
   */
  record Axis(String label, Scale scale) {}

  /** How values are laid out along an axis. */
  enum Scale {
    /** In proportion. */
    LINEAR,
    /** By their logarithm; all must be positive. */
    LOG,
    /** Quantiles from 0 to below 1, so that 0.9, 0.99 and 0.999 lie equally far apart. */
    QUANTILE
  }

  /**
   * Points that belong together; their order is the line's.
   *
   * @param name for the legend
   */
  record Series(String name, List<Point> points) {
    public Series {
      points = List.copyOf(points);
    }

    /** A series for bars: one value a group. */
    public static Series ofValues(String name, List<Double> values) {
      return new Series(name, values.stream().map(value -> new Point(0, value)).toList());
    }
  }

  /** A point. */
  record Point(double x, double y) {}
}
