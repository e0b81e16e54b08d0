package dev.freshcut.coherentcache.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.coherentcache.protocol.Search.Outcome;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With all rules on, no interleaving of any world breaks an invariant. */
class ProtocolTest {
  private static final int LIMIT = 30_000_000;

  /** The small worlds; with {@code -Pexhaustive} the large ones, too. */
  static Stream<Scenario> worlds() {
    Stream<Scenario> large =
        Boolean.getBoolean("freshcut.exhaustive") ? Worlds.large().stream() : Stream.of();
    return Stream.concat(Worlds.small().stream(), large);
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void holds(Scenario scenario) {
    long start = System.nanoTime();
    Outcome outcome = Search.search(scenario, Rule.all(), LIMIT);
    System.out.printf(
        "protocol: %s: %s in %,d ms%n", scenario, outcome, (System.nanoTime() - start) / 1_000_000);
    assertThat(outcome.broken()).as(outcome.toString()).isNull();
  }

  @Test
  void saysThatAWorldIsTooLarge() {
    assertThatThrownBy(() -> Search.search(Worlds.core(2, 2, 1), Rule.all(), 100))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("more than 100 states");
  }
}
