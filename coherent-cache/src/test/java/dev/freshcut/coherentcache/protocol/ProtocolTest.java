package dev.freshcut.coherentcache.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.coherentcache.protocol.Search.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With all rules on, no interleaving of any world breaks an invariant. */
class ProtocolTest {
  private static final int SMALL = 1_000_000;
  private static final int LARGE = 30_000_000;

  static List<Scenario> small() {
    return Worlds.small();
  }

  static List<Scenario> large() {
    return Worlds.large();
  }

  @ParameterizedTest
  @MethodSource("small")
  void holds(Scenario scenario) {
    holds(scenario, SMALL);
  }

  /** Runs with {@code -Pexhaustive}. */
  @ParameterizedTest
  @MethodSource("large")
  @EnabledIfSystemProperty(named = "freshcut.exhaustive", matches = "true")
  void holdsInLargerWorlds(Scenario scenario) {
    holds(scenario, LARGE);
  }

  private static void holds(Scenario scenario, int limit) {
    long start = System.nanoTime();
    Outcome outcome = Search.search(scenario, Rule.all(), limit);
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
