package dev.freshcut.notificationworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusalsTest {
  private final Refusals refusals = new Refusals();

  @Test
  void whoIsRefusedBetweenOthersThatAreTakenIsRefusedForItself() {
    for (int i = 0; i < Refusals.PATIENCE; i++) {
      assertThat(refusals.refused("bad")).as("refusal " + i).isFalse();
      refusals.taken("good" + i);
    }
    assertThat(refusals.refused("bad")).isTrue();
    assertThat(refusals.refused("bad")).as("nothing was taken since").isFalse();
    refusals.taken("good");
    assertThat(refusals.refused("bad")).isTrue();
    assertThat(refusals.refused("other")).isFalse();
  }

  @Test
  void whileNothingIsTakenItIsNobodysFailure() {
    refusals.taken("good");
    for (int i = 0; i < 100; i++) {
      assertThat(refusals.refused("a")).isFalse();
      assertThat(refusals.refused("b")).isFalse();
    }
  }

  @Test
  void whatWasTakenBeginsAnew() {
    for (int i = 0; i < 100; i++) {
      assertThat(refusals.refused("slow")).isFalse();
      refusals.taken("good" + i);
      refusals.taken("slow");
    }
  }

  /** The ones refused last are remembered. */
  @Test
  void anOutageLeavesNoMoreThanAThousand() {
    for (int turn = 0; turn < 10; turn++) {
      for (int i = 0; i < 1_001; i++) {
        assertThat(refusals.refused("m" + i)).isFalse();
      }
      refusals.taken("good");
    }
  }
}
