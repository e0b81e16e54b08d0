package dev.freshcut.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.benchmarks.measure.Spread;
import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void givesThreeDigitsAndSeparatesThousands() {
    assertThat(Figures.text(1.2345)).isEqualTo("1.23");
    assertThat(Figures.text(0.00123456)).isEqualTo("0.00123");
    assertThat(Figures.text(12.0)).isEqualTo("12");
    assertThat(Figures.text(25_123.4)).isEqualTo("25,123");
    assertThat(Figures.text(0)).isEqualTo("0");
    assertThat(Figures.text(Double.NaN)).isEqualTo("–");
  }

  @Test
  void givesTheSpreadOnlyOfSeveral() {
    assertThat(Figures.text(new Spread(2, 1, 3, 5))).isEqualTo("2 (1–3)");
    assertThat(Figures.text(new Spread(2, 2, 2, 1))).isEqualTo("2");
  }
}
