package dev.freshcut.benchmarks.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ActionTest {
  private static final List<Action> DAY = Action.day(1, 100_000, 20);

  @Test
  void fiveOfAHundredWrite() {
    assertThat(share(action -> !action.kind().reads())).isCloseTo(0.05, within(0.005));
  }

  @Test
  void theFirstShopIsAskedForTwiceAsOftenAsTheSecond() {
    double first = share(action -> action.shop() == 0);

    assertThat(first / share(action -> action.shop() == 1)).isCloseTo(2, within(0.1));
    assertThat(first).isCloseTo(1 / 3.598, within(0.01)); // 1 / the 20th harmonic number
  }

  @Test
  void isTheSameForTheSameSeed() {
    assertThat(Action.day(1, 1_000, 20)).isEqualTo(DAY.subList(0, 1_000));
    assertThat(Action.day(2, 1_000, 20)).isNotEqualTo(DAY.subList(0, 1_000));
  }

  private static double share(Predicate<Action> which) {
    return DAY.stream().filter(which).count() / (double) DAY.size();
  }
}
