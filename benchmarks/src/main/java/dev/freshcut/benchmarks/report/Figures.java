package dev.freshcut.benchmarks.report;

import dev.freshcut.benchmarks.measure.Spread;
import java.math.BigDecimal;
import java.math.MathContext;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
  private Figures() {}

  /** Three significant digits, or all of those before the point; thousands apart. */
  public static String text(double value) {
    return text(value, 3);
  }

  /** As {@link #text(double)}, with another number of significant digits below 1000. */
  static String text(double value, int digits) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    if (value == 0) {
      return "0";
    }
    boolean large = Math.abs(value) >= 1000;
    BigDecimal rounded =
        large
            ? BigDecimal.valueOf(Math.round(value))
            : new BigDecimal(value).round(new MathContext(digits));
    return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(rounded);
  }

  /** Median, and in brackets the lowest and the highest. */
  public static String text(Spread spread) {
    return spread.count() == 1
        ? text(spread.median())
        : text(spread.median()) + " (" + text(spread.low()) + "–" + text(spread.high()) + ")";
  }
}
