package dev.freshcut.coherentcache.protocol;

import static dev.freshcut.coherentcache.protocol.Feature.BASES_STAY;
import static dev.freshcut.coherentcache.protocol.Feature.LOST_INDEX;
import static dev.freshcut.coherentcache.protocol.Feature.REPLICA;
import static dev.freshcut.coherentcache.protocol.Feature.ROLLBACK;
import static dev.freshcut.coherentcache.protocol.Invariant.I0_COMMITTED_ONLY;
import static dev.freshcut.coherentcache.protocol.Invariant.I1_NO_STALE_ENTRY;
import static dev.freshcut.coherentcache.protocol.Invariant.I2_ORDER_FREE;
import static dev.freshcut.coherentcache.protocol.Invariant.I3_TOKEN;
import static dev.freshcut.coherentcache.protocol.Invariant.I4_FRESH_AT_REST;
import static dev.freshcut.coherentcache.protocol.Invariant.MONOTONIC;
import static dev.freshcut.coherentcache.protocol.Invariant.NO_DEADLOCK;
import static dev.freshcut.coherentcache.protocol.Invariant.PROGRESS_IS_TRUE;
import static dev.freshcut.coherentcache.protocol.Rule.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.protocol.Search.Outcome;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each rule is for: with the rule left out, the checker finds the bug that it prevents. */
class RulesTest {
  private static final int LIMIT = 1_000_000;

  /** Rules left out of a world, and what then breaks. */
  record Without(List<Rule> rules, Scenario scenario, Invariant breaks) {
    Without(Rule rule, Scenario scenario, Invariant breaks) {
      this(List.of(rule), scenario, breaks);
    }

    @Override
    public String toString() {
      return "without %s in %s".formatted(rules, scenario);
    }
  }

  static Stream<Without> needed() {
    Scenario inside = Worlds.insideTransaction();
    return Stream.of(
        // Fill, evict, floor
        new Without(TOMBSTONES, Worlds.core(2, 2, 1), I1_NO_STALE_ENTRY),
        new Without(TOMBSTONES, Worlds.core(2, 2, 1), I4_FRESH_AT_REST),
        new Without(TOMBSTONE_REFUSES_EQUAL, Worlds.core(2, 2, 1), I1_NO_STALE_ENTRY),
        new Without(FLOOR_FIRST, Worlds.core(2, 2, 1), I1_NO_STALE_ENTRY),
        new Without(FLOOR_FIRST, Worlds.core(2, 2, 1), I3_TOKEN),
        new Without(EVICT_REMOVES_EQUAL, Worlds.core(2, 2, 1), I1_NO_STALE_ENTRY),
        new Without(ALL_INDEXES, Worlds.core(2, 2, 1), I1_NO_STALE_ENTRY),
        new Without(OWN_TRANSACTION, inside, I0_COMMITTED_ONLY),
        new Without(OWN_TRANSACTION, inside, I4_FRESH_AT_REST),
        // Scopes
        new Without(REGISTERED_FIRST, Worlds.core(2, 2, 1), I1_NO_STALE_ENTRY),
        new Without(EVICT_IN_EMPTY_SCOPE, Worlds.core(2, 2, 1), I1_NO_STALE_ENTRY),
        new Without(EVICT_IN_EMPTY_SCOPE, Worlds.laggingReplica(), I1_NO_STALE_ENTRY),
        new Without(MARK, Worlds.truncate(1).with(REPLICA), I1_NO_STALE_ENTRY),
        new Without(MARK, Worlds.gap(), I1_NO_STALE_ENTRY),
        new Without(FALLBACK, Worlds.mixedModels(1), I1_NO_STALE_ENTRY),
        new Without(FALLBACK_RAISES_BASE, Worlds.mixedModels(1), I1_NO_STALE_ENTRY),
        new Without(MODELS_IN_SCOPE, Worlds.mixedModels(1), I1_NO_STALE_ENTRY),
        new Without(NEW_MODEL_RAISES_BASE, Worlds.mixedModels(1), I1_NO_STALE_ENTRY),
        new Without(UNREGISTERED_REFUSED, Worlds.mixedModels(1).with(ROLLBACK), I1_NO_STALE_ENTRY),
        // Sweeper
        new Without(HORIZON, Worlds.sweeper(1, 1, 1), I1_NO_STALE_ENTRY),
        new Without(BASE_BELOW_HORIZON, Worlds.sweeper(1, 1, 1), I1_NO_STALE_ENTRY),
        new Without(LAGGARDS_REFUSED, Worlds.sweeperAndReplica(1, 1), I1_NO_STALE_ENTRY),
        new Without(MEMBER_SWEPT_ATOMICALLY, Worlds.sweeper(1, 1, 2), I1_NO_STALE_ENTRY),
        new Without(LOAD_TIME_BOUNDED, Worlds.sweeper(1, 2, 1), I1_NO_STALE_ENTRY),
        // Tokens, leases
        new Without(HIT_CHECKS_TOKEN, Worlds.tokens(1, 2, 1), I3_TOKEN),
        new Without(JOINER_CHECKS_TOKEN, Worlds.tokens(1, 2, 1), I3_TOKEN),
        new Without(LOAD_CHECKS_TOKEN, Worlds.tokens(1, 1, 1).with(REPLICA), I3_TOKEN),
        new Without(LEASE_EXPIRES, Worlds.leases(), NO_DEADLOCK),
        // Progress
        new Without(POSITION_IN_REDIS, Worlds.log(2, 1, 1), I4_FRESH_AT_REST),
        new Without(POSITION_LAST, Worlds.log(2, 1, 1), PROGRESS_IS_TRUE),
        new Without(POSITION_LAST, Worlds.log(2, 1, 1), I4_FRESH_AT_REST),
        new Without(POSITION_COMPARED, Worlds.log(2, 1, 1), PROGRESS_IS_TRUE),
        new Without(POSITION_COMPARED, Worlds.logOfOtherChanges(), I4_FRESH_AT_REST),
        new Without(SAME_SERVER, Worlds.log(2, 1, 1), PROGRESS_IS_TRUE),
        new Without(SAME_SERVER, Worlds.log(2, 1, 1), I4_FRESH_AT_REST),
        new Without(WATERMARK_COMPARED, Worlds.log(2, 1, 1), PROGRESS_IS_TRUE),
        new Without(HELD_IN_REDIS, Worlds.held(2), PROGRESS_IS_TRUE),
        new Without(HELD_REMOVED_LAST, Worlds.held(2), PROGRESS_IS_TRUE),
        new Without(HELD_REMOVED_LAST, Worlds.held(2), I4_FRESH_AT_REST),
        new Without(HELD_COMPARED, Worlds.held(2), PROGRESS_IS_TRUE),
        new Without(HELD_COMPARED, Worlds.held(2), I4_FRESH_AT_REST),
        // For cheap replays and monotonic reads only
        new Without(NEWER_SPARED, Worlds.core(2, 2, 1), I2_ORDER_FREE),
        new Without(OLDER_REFUSED, Worlds.core(2, 2, 1), MONOTONIC));
  }

  @ParameterizedTest
  @MethodSource("needed")
  void theBugIsFound(Without without) {
    Outcome outcome = search(without);
    System.out.printf(
        "protocol: %s: %s after %d steps%n", without, outcome.broken(), outcome.trace().size());
    assertThat(outcome.broken()).as(outcome.toString()).isEqualTo(without.breaks());
  }

  static List<Scenario> worlds() {
    return List.of(
        Worlds.core(2, 2, 2),
        Worlds.replica(2, 1, 1),
        Worlds.tokens(2, 2, 1),
        Worlds.sweeper(1, 2, 1),
        Worlds.rollback(1, 2),
        Worlds.log(2, 1, 1),
        Worlds.held(2),
        Worlds.mixedModels(2),
        Worlds.gap());
  }

  /** Sparing newer entries makes replays cheap; nothing else is lost without it. */
  @ParameterizedTest
  @MethodSource("worlds")
  void evictingNewerEntriesTooIsOnlyDear(Scenario scenario) {
    holds(scenario.notChecking(I2_ORDER_FREE, MONOTONIC), Rule.without(NEWER_SPARED));
  }

  /** Refusing older values makes reads monotonic; nothing else is lost without it. */
  @ParameterizedTest
  @MethodSource("worlds")
  void storingOlderValuesIsOnlyUnsteady(Scenario scenario) {
    holds(scenario.notChecking(MONOTONIC), Rule.without(OLDER_REFUSED));
  }

  /** The mark alone makes entries unreadable; finding the scopes frees their memory. */
  @Test
  void evictionsOfAllScopesNeedNoScan() {
    holds(Worlds.gap(), Rule.without(SCAN));
    holds(Worlds.truncate(1).with(REPLICA), Rule.without(SCAN));
  }

  /** On the primary a truncated table's lock keeps loads back until it is visible. */
  @Test
  void truncateNeedsNoMarkWithoutReplicas() {
    holds(Worlds.truncate(1), Rule.without(MARK));
    assertThat(
            Search.search(
                    Worlds.truncate(1).checking(I1_NO_STALE_ENTRY), Rule.without(MARK, SCAN), LIMIT)
                .broken())
        .isEqualTo(I1_NO_STALE_ENTRY);
  }

  /** A pattern's tombstone is swept safely if either no older load is left or the base has it. */
  @Test
  void sweptTombstonesAreKeptTwice() {
    Scenario world = Worlds.sweeper(1, 1, 1).with(BASES_STAY).checking(I1_NO_STALE_ENTRY);
    holds(world, Rule.without(LOAD_TIME_BOUNDED));
    holds(world, Rule.without(SWEEP_RAISES_BASE));
    assertThat(
            Search.search(world, Rule.without(LOAD_TIME_BOUNDED, SWEEP_RAISES_BASE), LIMIT)
                .broken())
        .isEqualTo(I1_NO_STALE_ENTRY);
  }

  /** A base index that waits for its loads spares them a refusal. */
  @Test
  void basesNeedNotWaitForLoads() {
    holds(Worlds.sweeper(2, 2, 1), Rule.without(BASE_WAITS_FOR_LOADS));
    holds(Worlds.sweeperAndReplica(1, 2), Rule.without(BASE_WAITS_FOR_LOADS));
  }

  /** No rule survives it: the reason why servers that may evict indexes are refused at start. */
  @Test
  void aLostIndexIsNotSurvived() {
    Outcome outcome = Search.search(Worlds.core(2, 2, 1).with(LOST_INDEX), Rule.all(), LIMIT);
    assertThat(outcome.broken()).isEqualTo(I1_NO_STALE_ENTRY);
  }

  private static void holds(Scenario scenario, EnumSet<Rule> rules) {
    Outcome outcome = Search.search(scenario, rules, LIMIT);
    assertThat(outcome.broken()).as(outcome.toString()).isNull();
  }

  private static Outcome search(Without without) {
    return Search.search(
        without.scenario().checking(without.breaks()),
        EnumSet.complementOf(EnumSet.copyOf(without.rules())),
        LIMIT);
  }
}
