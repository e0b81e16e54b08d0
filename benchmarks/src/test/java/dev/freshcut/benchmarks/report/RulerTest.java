package dev.freshcut.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshcut.benchmarks.report.Chart.Axis;
import dev.freshcut.benchmarks.report.Chart.Scale;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RulerTest {
  @Test
  void linearStartsAtZeroWithRoundTicks() {
    Ruler ruler = ruler(Scale.LINEAR, 13, 87);

    assertThat(ruler.ticks()).containsExactly(0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
    assertThat(ruler.pixel(0)).isEqualTo(0);
    assertThat(ruler.pixel(50)).isEqualTo(500);
  }

  @Test
  void logarithmicSpansWholePowers() {
    Ruler ruler = ruler(Scale.LOG, 0.3, 120);

    assertThat(ruler.ticks()).containsExactly(0.1, 1.0, 10.0, 100.0, 1000.0);
    assertThat(ruler.pixel(10)).isCloseTo(500, within(1e-6));
  }

  @Test
  void quantilesAreEquallyFarApart() {
    Ruler ruler = ruler(Scale.QUANTILE, 0, 0.999);

    assertThat(ruler.ticks().stream().map(ruler::label))
        .containsExactly("0 %", "50 %", "90 %", "99 %", "99.9 %");
    assertThat(ruler.pixel(0.99) - ruler.pixel(0.9))
        .isCloseTo(ruler.pixel(0.9) - ruler.pixel(0), within(1e-6));
  }

  @Test
  void refusesWhatHasNoPlace() {
    assertThatThrownBy(() -> ruler(Scale.LOG, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ruler(Scale.QUANTILE, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Ruler ruler(Scale scale, double... values) {
    return Ruler.over(new Axis("x", scale), DoubleStream.of(values), 0, 1000);
  }
}
