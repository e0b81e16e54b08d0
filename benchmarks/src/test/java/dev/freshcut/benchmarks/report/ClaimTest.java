package dev.freshcut.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.benchmarks.measure.Spread;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimTest {
  @ParameterizedTest
  @CsvSource({
    "AT_MOST, 1.2, true",
    "AT_MOST, 1.21, false",
    "AT_LEAST, 1.2, true",
    "AT_LEAST, 1.19, false"
  })
  void holdsTheMedianAgainstTheLimit(Claim.Bound bound, double median, boolean met) {
    Claim claim = new Claim("c", new Spread(median, 0, 99, 5), "×", bound, 1.2);

    assertThat(claim.met()).isEqualTo(met);
  }
}
