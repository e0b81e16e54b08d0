package dev.freshcut.jobstreams.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.Outcome;
import org.junit.jupiter.api.Test;

class SettlementTest {
  @Test
  void aLongReasonIsCutBetweenCharacters() {
    String start = "x".repeat(Outcome.LONGEST_REASON - 1);
    assertThat(new Settlement.Verdict.Dead(start + "yz").reason()).isEqualTo(start + "y");
    assertThat(new Settlement.Verdict.Dead(start + "😀").reason()).isEqualTo(start);
  }
}
