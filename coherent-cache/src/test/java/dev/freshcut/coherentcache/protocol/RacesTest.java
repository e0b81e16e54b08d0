package dev.freshcut.coherentcache.protocol;

import static dev.freshcut.coherentcache.protocol.Feature.ABORTS;
import static dev.freshcut.coherentcache.protocol.Feature.ATOMIC_LOADS;
import static dev.freshcut.coherentcache.protocol.Feature.REPLICA;
import static dev.freshcut.coherentcache.protocol.Feature.VISIBILITY_GAP;
import static dev.freshcut.coherentcache.protocol.Invariant.I0_COMMITTED_ONLY;
import static dev.freshcut.coherentcache.protocol.Invariant.I1_NO_STALE_ENTRY;
import static dev.freshcut.coherentcache.protocol.Invariant.I4_FRESH_AT_REST;
import static dev.freshcut.coherentcache.protocol.Invariant.MONOTONIC;
import static dev.freshcut.coherentcache.protocol.Scenario.BASE;
import static dev.freshcut.coherentcache.protocol.Scenario.PATTERN;
import static dev.freshcut.coherentcache.protocol.Scenario.oneKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.protocol.Scenario.Reader;
import dev.freshcut.coherentcache.protocol.Search.Outcome;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The races that delete-on-change caching leaves open, each alone in a world that has no other: the
 * naive protocol falls for it, the full one does not.
 */
class RacesTest {
  private static final int LIMIT = 1_000_000;

  /** A race, and what it breaks in the naive protocol. */
  record Race(Scenario world, Invariant breaks) {
    @Override
    public String toString() {
      return world.name();
    }
  }

  static Stream<Race> races() {
    return Stream.of(
        new Race(oneKey("race 1: stale fill", 1, 1, 1), I4_FRESH_AT_REST),
        new Race(
            oneKey("race 2: seen before it is visible", 1, 1, 1).with(VISIBILITY_GAP, ATOMIC_LOADS),
            I4_FRESH_AT_REST),
        new Race(oneKey("race 3: old fill over new", 1, 2, 1), MONOTONIC),
        new Race(
            oneKey("race 4: lagging replica", 1, 1, 1).with(REPLICA, ATOMIC_LOADS),
            I4_FRESH_AT_REST),
        new Race(
            oneKey("race 5: uncommitted data", 1, 0, 0)
                .with(new Reader(0, 1, BASE | PATTERN, 0))
                .with(ABORTS),
            I4_FRESH_AT_REST),
        new Race(
            oneKey("race 5: uncommitted data, read by others", 1, 0, 0)
                .with(new Reader(0, 1, BASE | PATTERN, 0)),
            I0_COMMITTED_ONLY));
  }

  @ParameterizedTest
  @MethodSource("races")
  void onlyTheNaiveProtocolFallsForIt(Race race) {
    Outcome naive = Search.search(race.world().checking(race.breaks()), Rule.naive(), LIMIT);
    System.out.printf("protocol: naive, %s: %s%n", race, naive);
    assertThat(naive.broken()).isEqualTo(race.breaks());
    Outcome full =
        Search.search(
            race.world().notChecking(Invariant.NO_DEADLOCK), EnumSet.allOf(Rule.class), LIMIT);
    assertThat(full.broken()).as(full.toString()).isNull();
  }

  /** The same races, found where everything may happen. */
  @ParameterizedTest
  @MethodSource("worlds")
  void theNaiveProtocolFails(Scenario world) {
    Outcome naive = Search.search(world.checking(I1_NO_STALE_ENTRY), Rule.naive(), LIMIT);
    assertThat(naive.broken()).isEqualTo(I1_NO_STALE_ENTRY);
  }

  static Stream<Scenario> worlds() {
    return Stream.of(Worlds.core(2, 2, 1), Worlds.replica(2, 2, 1), Worlds.rollback(1, 2));
  }
}
