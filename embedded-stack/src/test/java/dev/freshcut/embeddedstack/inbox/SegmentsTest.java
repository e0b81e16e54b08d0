package dev.freshcut.embeddedstack.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentsTest {
  @ParameterizedTest
  @CsvSource({
    "a, 1, 1",
    "a, 160, 1",
    "a, 161, 2",
    "a, 306, 2",
    "a, 307, 3",
    "€, 80, 1",
    "€, 81, 2",
    "ü, 160, 1",
    "ü, 161, 2",
    "ł, 70, 1",
    "ł, 71, 2",
    "ł, 134, 2",
    "ł, 135, 3",
    "😀, 35, 1",
    "😀, 36, 2"
  })
  void asNetworksCount(String letter, int times, int segments) {
    assertThat(Segments.of(letter.repeat(times))).isEqualTo(segments);
  }
}
