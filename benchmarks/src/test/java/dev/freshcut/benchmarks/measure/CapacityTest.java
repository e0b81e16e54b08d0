package dev.freshcut.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Work that takes no time up to a rate and hours above it cannot be had; its order can. */
class CapacityTest {
  private static final double PATIENT_MILLIS = 1e6;

  @Test
  void doublesUntilTheBoundIsBrokenAndThenHalves() throws Exception {
    Capacity impatient = new Capacity(0, 0.01, 2, 1);

    Capacity.Found found = impatient.search(8, (thread, index, due) -> {});

    assertThat(found.perSecond()).isZero();
    assertThat(found.trials())
        .extracting(Capacity.Trial::perSecond)
        .containsExactly(8.0, 4.0, 2.0, 1.0);
    assertThat(found.trials()).noneMatch(Capacity.Trial::kept);
  }

  @Test
  void endsWhereNoLoadIsTooMuch() throws Exception {
    Capacity.Found found =
        new Capacity(PATIENT_MILLIS, 0.001, 2, 1).search(50_000, (thread, index, due) -> {});

    assertThat(found.trials())
        .extracting(Capacity.Trial::perSecond)
        .containsExactly(50_000.0, 100_000.0, 200_000.0);
    assertThat(found.perSecond()).isEqualTo(200_000);
  }
}
