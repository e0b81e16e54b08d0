package dev.freshcut.notificationworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RefusalsTest {
  private final Refusals refusals = new Refusals();

  @Test
  void whoIsRefusedBetweenManyThatAreTakenIsRefusedForItself() {
    for (int i = 0; i < Refusals.PATIENCE; i++) {
      assertThat(refusals.refused("bad")).as("refusal " + i).isFalse();
      take(Refusals.OTHERS);
    }
    assertThat(refusals.refused("bad")).isTrue();
    assertThat(refusals.refused("bad")).as("nothing was taken since").isFalse();
    take(Refusals.OTHERS - 1);
    assertThat(refusals.refused("bad")).as("too few were taken since").isFalse();
    take(Refusals.OTHERS);
    assertThat(refusals.refused("bad")).isTrue();
    assertThat(refusals.refused("other")).isFalse();
  }

  /** Of sixteen at once it takes some, and refuses the rest each time. */
  @Test
  void aProviderThatLimitsItsRateRefusesNobodyForItself() {
    for (int turn = 0; turn < 100; turn++) {
      take(10);
      for (int i = 0; i < 6; i++) {
        assertThat(refusals.refused("message " + i)).isFalse();
      }
    }
  }

  private void take(int messages) {
    for (int i = 0; i < messages; i++) {
      refusals.taken("good");
    }
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
      take(Refusals.OTHERS);
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
      take(1_001 * Refusals.OTHERS);
    }
  }
}
