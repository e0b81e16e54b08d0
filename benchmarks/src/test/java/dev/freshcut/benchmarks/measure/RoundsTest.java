package dev.freshcut.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
  @Test
  void alternatesAndDropsWarmUps() throws Exception {
    List<String> order = new ArrayList<>();
    Rounds<Integer> rounds =
        Rounds.alternate(
            1,
            3,
            () -> {
              order.add("A");
              return order.size();
            },
            () -> {
              order.add("B");
              return order.size();
            });

    assertThat(String.join("", order)).isEqualTo("BA" + "AB" + "BA" + "AB");
    assertThat(rounds.candidate()).containsExactly(3, 6, 7);
    assertThat(rounds.reference()).containsExactly(4, 5, 8);
  }

  @Test
  void takesRatiosPairByPair() {
    Rounds<Double> rounds = new Rounds<>(List.of(2.0, 30.0, 8.0), List.of(1.0, 10.0, 2.0));

    assertThat(rounds.ratio(x -> x)).isEqualTo(new Spread(3, 2, 4, 3));
    assertThat(rounds.ofCandidate(x -> x).median()).isEqualTo(8);
    assertThat(rounds.ofReference(x -> x).median()).isEqualTo(2);
  }

  /** A machine that becomes steadily slower must not favour either side. */
  @Test
  void aLinearDriftCancelsOut() throws Exception {
    double[] clock = {100};
    Rounds<Double> rounds = Rounds.alternate(0, 4, () -> 2 * clock[0]++, () -> clock[0]++);

    double candidates = rounds.candidate().stream().mapToDouble(x -> x).sum();
    double references = rounds.reference().stream().mapToDouble(x -> x).sum();
    assertThat(candidates / references).isCloseTo(2, within(1e-9));
  }
}
