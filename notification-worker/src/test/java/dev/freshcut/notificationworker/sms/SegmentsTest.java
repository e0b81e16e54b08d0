package dev.freshcut.notificationworker.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentsTest {
  @Test
  void gsmAlphabet() {
    assertThat(Segments.of("")).isEqualTo(1);
    assertThat(Segments.of("ä".repeat(160))).isEqualTo(1);
    assertThat(Segments.of("a".repeat(161))).isEqualTo(2);
    assertThat(Segments.of("a".repeat(306))).isEqualTo(2);
    assertThat(Segments.of("a".repeat(307))).isEqualTo(3);
  }

  @Test
  void extendedCharactersTakeTwoPlacesAndAreNotDivided() {
    assertThat(Segments.of("€".repeat(80))).isEqualTo(1);
    assertThat(Segments.of("€".repeat(81))).isEqualTo(2);
    // 153 is odd: one place of each part stays empty.
    assertThat(Segments.of("€".repeat(152))).isEqualTo(2);
    assertThat(Segments.of("€".repeat(153))).isEqualTo(3);
  }

  @Test
  void otherAlphabets() {
    assertThat(Segments.of("ł".repeat(70))).isEqualTo(1);
    assertThat(Segments.of("ł".repeat(71))).isEqualTo(2);
    assertThat(Segments.of("a".repeat(133) + "ł")).isEqualTo(2);
    assertThat(Segments.of("a".repeat(134) + "ł")).isEqualTo(3);
    // An emoji takes two places; 67 is odd.
    assertThat(Segments.of("✂".repeat(70))).isEqualTo(1);
    assertThat(Segments.of("👩".repeat(35))).isEqualTo(1);
    assertThat(Segments.of("👩".repeat(66))).isEqualTo(2);
    assertThat(Segments.of("👩".repeat(67))).isEqualTo(3);
  }
}
