package dev.freshcut.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void takesTheMiddleOfAnOddNumber() {
    assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9, 3));
  }

  @Test
  void takesTheMeanOfTheMiddleTwoOfAnEvenNumber() {
    assertThat(Spread.of(List.of(10.0, 1.0, 4.0, 2.0))).isEqualTo(new Spread(3, 1, 10, 4));
  }

  @Test
  void refusesNothingAndNoNumbers() {
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Spread.of(List.of(1.0, 1.0 / 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
