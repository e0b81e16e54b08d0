package dev.freshcut.invalidationworker.consuming;

import static dev.freshcut.invalidationworker.consuming.TestModel.ITEMS_0;
import static dev.freshcut.invalidationworker.consuming.TestModel.ITEMS_1;
import static dev.freshcut.invalidationworker.consuming.TestModel.WINDOW;
import static dev.freshcut.invalidationworker.consuming.TestModel.items;
import static dev.freshcut.invalidationworker.consuming.TestModel.total;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.Eviction;
import dev.freshcut.coherentcache.model.Pattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final long NEVER = Long.MIN_VALUE;
  private final Ledger ledger = new Ledger(10);

  private Plan plan(long now) {
    return new Plan(ledger, now);
  }

  private void committed(long now, TopicPartition origin, Pattern pattern, long xid) {
    Plan plan = plan(now);
    plan.evict(origin, pattern, xid);
    plan.commit();
  }

  @Test
  void strictPatternsAreEvictedEachTime() {
    for (int xid = 1; xid <= 3; xid++) {
      Plan plan = plan(0);
      plan.evict(ITEMS_0, items(1), xid);
      assertThat(plan.evictions()).containsExactly(new Eviction(items(1), xid));
      assertThat(plan.changes()).isEmpty();
      plan.commit();
    }
    assertThat(ledger.size()).isZero();
  }

  @Test
  void aBoundedPatternIsEvictedAtOnceAndThenHeldBackUntilItsWindowEnds() {
    Plan first = plan(0);
    first.evict(ITEMS_0, total(1), 5);
    first.evict(ITEMS_0, total(1), 6);
    assertThat(first.evictions())
        .containsExactly(new Eviction(total(1), 5), new Eviction(total(1), 6));
    first.commit();

    Plan second = plan(WINDOW - 1);
    second.evict(ITEMS_0, total(1), 7);
    second.evict(ITEMS_0, total(1), 9);
    second.evict(ITEMS_0, total(1), 8);
    assertThat(second.evictions()).isEmpty();
    assertThat(second.changes())
        .isEqualTo(Map.of("later:p.public.items-0:h9:totals:{1}:", "" + WINDOW));
    second.commit();

    assertThat(ledger.due(WINDOW - 1, NEVER)).isEmpty();
    List<Owed> due = ledger.due(WINDOW, NEVER);
    assertThat(due).containsExactly(Owed.heldBack(ITEMS_0, total(1), 9, WINDOW));

    Plan third = plan(WINDOW);
    third.settle(due.get(0), 9);
    assertThat(third.evictions()).containsExactly(new Eviction(total(1), 9));
    assertThat(third.changes()).isEqualTo(Map.of("later:p.public.items-0:h9:totals:{1}:", ""));
    third.commit();
    assertThat(ledger.size()).isZero();

    // The settling began a window of its own.
    Plan fourth = plan(2 * WINDOW - 1);
    fourth.evict(ITEMS_0, total(1), 10);
    assertThat(fourth.evictions()).isEmpty();
  }

  @Test
  void aHigherTransactionTakesThePlaceOfTheOneHeldBack() {
    committed(0, ITEMS_0, total(1), 5);
    committed(10, ITEMS_0, total(1), 6);
    Plan plan = plan(20);
    plan.evict(ITEMS_0, total(1), 8);
    assertThat(plan.changes())
        .isEqualTo(
            Map.of(
                "later:p.public.items-0:h6:totals:{1}:",
                "", "later:p.public.items-0:h8:totals:{1}:", "" + WINDOW));
    plan.commit();
    assertThat(ledger.due(WINDOW, NEVER)).hasSize(1);

    Plan lower = plan(30);
    lower.evict(ITEMS_0, total(1), 7);
    assertThat(lower.changes()).isEmpty();
  }

  @Test
  void eachPartitionOwesForItself() {
    committed(0, ITEMS_0, total(1), 5);
    committed(10, ITEMS_0, total(1), 6);
    committed(10, ITEMS_1, total(1), 7);
    assertThat(ledger.due(WINDOW, NEVER))
        .containsExactlyInAnyOrder(
            Owed.heldBack(ITEMS_0, total(1), 6, WINDOW),
            Owed.heldBack(ITEMS_1, total(1), 7, WINDOW));

    ledger.forget(Set.of(ITEMS_0));
    assertThat(ledger.due(WINDOW, NEVER))
        .containsExactly(Owed.heldBack(ITEMS_1, total(1), 7, WINDOW));
  }

  @Test
  void aPlanThatIsDroppedHasNoEffect() {
    plan(0).evict(ITEMS_0, total(1), 5);
    Plan plan = plan(1);
    plan.evict(ITEMS_0, total(1), 5);
    assertThat(plan.evictions()).hasSize(1);
  }

  @Test
  void withoutRoomForAWindowPatternsAreEvictedAtOnce() {
    Ledger small = new Ledger(1);
    for (int shop = 1; shop <= 2; shop++) {
      Plan plan = new Plan(small, 0);
      plan.evict(ITEMS_0, total(shop), 5);
      plan.commit();
    }
    Plan plan = new Plan(small, 1);
    plan.evict(ITEMS_0, total(1), 6);
    plan.evict(ITEMS_0, total(2), 6);
    assertThat(plan.evictions()).containsExactly(new Eviction(total(2), 6));

    small.forgetWindows(WINDOW);
    Plan later = new Plan(small, WINDOW);
    later.evict(ITEMS_0, total(2), 7);
    later.commit();
    assertThat(small.inWindow(total(2), WINDOW + 1)).isTrue();
  }

  @Test
  void everythingIsEvictedAtTheHighestTransaction() {
    Plan plan = plan(0);
    assertThat(plan.everything()).isEmpty();
    plan.evictEverything(5);
    plan.evictEverything(3);
    assertThat(plan.everything()).hasValue(5);
    assertThat(plan.isEmpty()).isFalse();
  }

  @Test
  void whatWaitsForTheWatermarkIsNotDueByTheClock() {
    Plan plan = plan(0);
    Owed unknown = Owed.xidUnknown(ITEMS_0, null, 1_500, Duration.ZERO);
    plan.owe(unknown);
    plan.commit();
    assertThat(ledger.waitsForWatermark()).isTrue();
    assertThat(ledger.due(Long.MAX_VALUE, 1_999)).isEmpty();
    assertThat(ledger.due(0, 2_000)).containsExactly(unknown);
  }

  /** Random changes: nothing is lost, and no pattern is evicted twice within its interval. */
  @Test
  void nothingIsLostAndNoWindowIsBroken() {
    long seed = System.nanoTime();
    System.out.println("PlanTest.nothingIsLostAndNoWindowIsBroken seed " + seed);
    Random random = new Random(seed);
    Map<Pattern, Long> changed = new HashMap<>();
    Map<Pattern, Long> evictedXid = new HashMap<>();
    Map<Pattern, Long> evictedAt = new HashMap<>();
    Map<String, String> redis = new HashMap<>();
    long xid = 0;
    long now = 0;
    for (int step = 0; step < 5_000; step++) {
      now += random.nextInt(1_200);
      Plan settling = plan(now);
      ledger.due(now, NEVER).forEach(one -> settling.settle(one, one.xid()));
      apply(settling, now, evictedXid, evictedAt, redis, random, seed);
      Plan plan = plan(now);
      Map<Pattern, Long> changes = new HashMap<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        Pattern pattern = total(random.nextInt(3));
        plan.evict(random.nextBoolean() ? ITEMS_0 : ITEMS_1, pattern, ++xid);
        changes.put(pattern, xid);
      }
      if (apply(plan, now, evictedXid, evictedAt, redis, random, seed)) {
        changed.putAll(changes);
      }
      assertThat(redis.keySet())
          .as("seed %d: Redis and the ledger owe the same", seed)
          .hasSize(ledger.size())
          .allMatch(ledger::owes);
      for (Map.Entry<Pattern, Long> change : changed.entrySet()) {
        long owed =
            redis.keySet().stream()
                .filter(name -> name.endsWith(change.getKey().text()))
                .mapToLong(name -> Long.parseLong(name.split(":", -1)[2].substring(1)))
                .max()
                .orElse(-1);
        assertThat(Math.max(owed, evictedXid.getOrDefault(change.getKey(), -1L)))
            .as("seed %d step %d: evicted or owed", seed, step)
            .isGreaterThanOrEqualTo(change.getValue());
      }
    }
  }

  /** A pipeline that fails now and then. */
  private static boolean apply(
      Plan plan,
      long now,
      Map<Pattern, Long> evictedXid,
      Map<Pattern, Long> evictedAt,
      Map<String, String> redis,
      Random random,
      long seed) {
    if (random.nextInt(10) == 0) {
      return false;
    }
    for (Pattern pattern :
        new ArrayList<>(plan.evictions()).stream().map(Eviction::pattern).distinct().toList()) {
      Long last = evictedAt.put(pattern, now);
      assertThat(last == null || now - last >= WINDOW || now == last)
          .as("seed %d: %s at %d and %d", seed, pattern, last, now)
          .isTrue();
    }
    plan.evictions().forEach(e -> evictedXid.merge(e.pattern(), e.xid(), Math::max));
    plan.changes()
        .forEach(
            (name, value) -> {
              if (value.isEmpty()) {
                redis.remove(name);
              } else {
                redis.put(name, value);
              }
            });
    plan.commit();
    return true;
  }
}
