package dev.freshcut.coherentcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.coherentcache.StampedStore.Fill;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Pattern;
import dev.freshcut.coherentcache.model.TableChange;
import dev.freshcut.coherentcache.model.TableChange.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.config.Config;

class RedisEvictorIT {
  private static final String MONDAY = "2026-11-16";
  private static final String TUESDAY = "2026-11-17";

  private final CacheFixture cache = new CacheFixture(redis());

  /** Which Redis; over a cluster the same must hold. */
  Config redis() {
    return CacheFixture.singleServer();
  }

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void evictsThePatternAndNothingElse() {
    CacheKey monday = cache.key(7, MONDAY, "a");
    CacheKey mondayOther = cache.key(7, MONDAY, "b");
    CacheKey tuesday = cache.key(7, TUESDAY, "a");
    CacheKey elsewhere = cache.key(8, MONDAY, "a");
    CacheKey shop = cache.model.family("shop").key(7);
    List.of(monday, mondayOther, tuesday, elsewhere, shop).forEach(key -> cache.put(key, 10));

    long removed = cache.evict(7, MONDAY, 10);

    assertThat(removed).isEqualTo(3);
    assertThat(cache.cached(monday)).isFalse();
    assertThat(cache.cached(mondayOther)).isFalse();
    assertThat(cache.cached(shop)).isFalse();
    assertThat(cache.cached(tuesday)).isTrue();
    assertThat(cache.cached(elsewhere)).isTrue();
  }

  /** One call of the script removes 500 entries at most, of all its patterns together. */
  @Test
  void patternsOfManyEntriesAreEvictedWholly() {
    for (int shelf = 0; shelf < 450; shelf++) {
      cache.put(cache.key(7, MONDAY, "s" + shelf), 10);
      cache.put(cache.key(7, TUESDAY, "s" + shelf), 10);
    }
    List<Eviction> evictions = new ArrayList<>();
    evictions.addAll(CacheFixture.evictions(cache.created(7, MONDAY), 10));
    evictions.addAll(CacheFixture.evictions(cache.created(7, TUESDAY), 10));

    assertThat(cache.evictor.evict(evictions)).isEqualTo(900);
    for (int shelf = 0; shelf < 450; shelf++) {
      assertThat(cache.cached(cache.key(7, MONDAY, "s" + shelf))).isFalse();
      assertThat(cache.cached(cache.key(7, TUESDAY, "s" + shelf))).isFalse();
    }
    assertThat(cache.fill(cache.key(7, TUESDAY, "s0"), 10)).isEqualTo(Fill.EVICTED);
  }

  @Test
  void replaySparesEntriesThatContainTheChange() {
    CacheKey key = cache.key(7, MONDAY, "a");
    cache.put(key, 10);
    assertThat(cache.evict(7, MONDAY, 10)).isEqualTo(1);
    cache.put(key, 11);

    assertThat(cache.evict(7, MONDAY, 10)).isZero();
    assertThat(cache.evict(7, MONDAY, 9)).isZero();
    assertThat(cache.cached(key)).isTrue();
  }

  @Test
  void orderAndDuplicatesDoNotMatter() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<CacheKey> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      CacheKey key = cache.key(i % 2, i % 4 < 2 ? MONDAY : TUESDAY, "shelf " + i);
      cache.put(key, 10 + i);
      keys.add(key);
    }
    List<Eviction> evictions = new ArrayList<>();
    for (int repeat = 0; repeat < 3; repeat++) {
      for (long xid = 12; xid < 22; xid += 3) {
        evictions.addAll(CacheFixture.evictions(cache.created(0, MONDAY), xid));
        evictions.addAll(CacheFixture.evictions(cache.created(1, TUESDAY), xid + 4));
      }
    }
    Collections.shuffle(evictions, random);
    for (Eviction eviction : evictions) {
      cache.evictor.evict(List.of(eviction));
    }

    for (int i = 0; i < 20; i++) {
      long highest = i % 2 == 0 && i % 4 < 2 ? 21 : i % 2 == 1 && i % 4 >= 2 ? 25 : -1;
      assertThat(cache.cached(keys.get(i)))
          .as("seed %d, entry %d", seed, i)
          .isEqualTo(10 + i > highest);
    }
  }

  @Test
  void patternOfThousandsOfEntriesIsEvictedWhole() {
    int entries = 1_700;
    for (int i = 0; i < entries; i++) {
      cache.put(cache.key(7, MONDAY, "s" + i), 10);
    }
    CacheKey newer = cache.key(7, MONDAY, "newer");
    cache.put(newer, 99);

    assertThat(cache.evict(7, MONDAY, 50)).isEqualTo(entries);
    assertThat(cache.cached(newer)).isTrue();
  }

  @Test
  void truncateEvictsEveryScopeButNotOtherFamilies() {
    CacheKey one = cache.key(7, MONDAY, "a");
    CacheKey two = cache.key(8, TUESDAY, "b");
    CacheKey newer = cache.key(9, TUESDAY, "b");
    cache.put(one, 10);
    cache.put(two, 20);
    cache.put(newer, 31);
    var patterns =
        cache.model.evictionsFor(new TableChange("public.items", Kind.TRUNCATE, null, null));

    cache.evictor.evict(CacheFixture.evictions(patterns, 30));

    assertThat(cache.cached(one)).isFalse();
    assertThat(cache.cached(two)).isFalse();
    assertThat(cache.cached(newer)).isTrue();
    assertThat(cache.fill(one, 30)).isEqualTo(Fill.EVICTED);
  }

  @Test
  void truncateMeetsALoadThatHasOnlyBeenAnnounced() {
    CacheKey key = cache.key(7, MONDAY, "a");
    cache.store.begin(key, "claimant", -1);
    var patterns =
        cache.model.evictionsFor(new TableChange("public.items", Kind.TRUNCATE, null, null));

    cache.evictor.evict(CacheFixture.evictions(patterns, 30));

    assertThat(cache.fill(key, 30)).isEqualTo(Fill.EVICTED);
  }

  @Test
  void everythingGoes() {
    CacheKey one = cache.key(7, MONDAY, "a");
    CacheKey shop = cache.model.family("shop").key(8);
    cache.put(one, 10);
    cache.put(shop, 10);
    assertThat(cache.coherence.watermarks().everythingEvictedAt()).isEmpty();

    assertThat(cache.evictor.evictEverything(10)).isEqualTo(2);
    assertThat(cache.coherence.watermarks().everythingEvictedAt()).hasValue(10);

    assertThat(cache.cached(one)).isFalse();
    assertThat(cache.cached(shop)).isFalse();
  }

  @Test
  void entriesOfAnotherModelAreFoundByScanning() {
    CacheModel other = CacheModel.parse("other.yml", CacheFixture.OTHER_MODEL);
    CacheKey monday = other.family("items").key(7, MONDAY, "it's (a) 100% *");
    CacheKey tuesday = other.family("items").key(7, TUESDAY, "a");
    try (RedisCoherence otherProcess = cache.coherence(other)) {
      for (CacheKey key : List.of(monday, tuesday)) {
        otherProcess.store().begin(key, "other", -1);
        otherProcess.store().fill(key, "other", new byte[] {'1'}, 10, Instant.EPOCH);
      }
    }

    assertThat(cache.evict(7, MONDAY, 10)).isEqualTo(1);
    assertThat(cache.cached(monday)).isFalse();
    assertThat(cache.cached(tuesday)).isTrue();
  }

  @Test
  void patternThatNoRuleNamesIsFoundByScanning() {
    CacheKey one = cache.key(7, MONDAY, "a");
    CacheKey other = cache.key(7, MONDAY, "b");
    cache.put(one, 10);
    cache.put(other, 10);
    var pattern = cache.model.family("items").pattern(7, Pattern.ANY, "a");
    assertThat(pattern.shapeIsKnown()).isFalse();

    assertThat(cache.evictor.evict(List.of(new Eviction(pattern, 10)))).isEqualTo(1);

    assertThat(cache.cached(one)).isFalse();
    assertThat(cache.cached(other)).isTrue();
  }

  @Test
  void loadOfAnotherModelUnderWayIsRefused() {
    CacheModel other = CacheModel.parse("other.yml", CacheFixture.OTHER_MODEL);
    CacheKey monday = other.family("items").key(7, MONDAY, "a");
    try (RedisCoherence otherProcess = cache.coherence(other)) {
      otherProcess.store().begin(monday, "other", -1);
      cache.evict(7, MONDAY, 10);

      assertThat(otherProcess.store().fill(monday, "other", new byte[] {'1'}, 10, Instant.EPOCH))
          .isEqualTo(Fill.EVICTED);
    }
  }

  @Test
  void registeredModelsThatDifferAreNamed() {
    CacheModel other = CacheModel.parse("other.yml", CacheFixture.OTHER_MODEL);
    cache.coherence.registerModel();
    try (RedisCoherence otherProcess = cache.coherence(other)) {
      otherProcess.registerModel();
      CacheFixture.eventually()
          .untilAsserted(
              () ->
                  assertThat(cache.coherence.modelMismatches())
                      .singleElement()
                      .asString()
                      .contains(other.fingerprint(), cache.model.fingerprint()));
    }
  }

  @Test
  void progressIsRecordedAndRemoved() {
    record(Map.of("a", "1", "b", "2"), Map.of("a", ""));
    record(Map.of("a", "3", "b", ""), Map.of("a", "1", "b", "2"));

    assertThat(cache.coherence.progress().positions()).containsExactly(Map.entry("a", "3"));
  }

  @Test
  void progressThatExpectsSomethingElseIsNotRecorded() {
    record(Map.of("a", "1"), Map.of());

    assertThatThrownBy(() -> record(Map.of("a", "9"), Map.of("a", "0")))
        .isInstanceOf(ProgressConflictException.class);
    assertThatThrownBy(() -> record(Map.of("a", "9"), Map.of("b", "0")))
        .isInstanceOf(ProgressConflictException.class);
    assertThat(cache.coherence.progress().positions()).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void watermarkIsStored() {
    Watermark watermark = new Watermark(Instant.parse("2026-11-20T10:00:00.123456Z"), 77, 70);

    assertThat(cache.coherence.watermarks().read()).isEmpty();
    cache.evictor.evict(List.of(), Progress.NONE.withWatermark(watermark));

    assertThat(cache.coherence.watermarks().read()).contains(watermark);
  }

  private void record(Map<String, String> positions, Map<String, String> expected) {
    cache.evictor.evict(
        CacheFixture.evictions(cache.created(7, MONDAY), 5),
        Progress.of(positions).expecting(expected));
  }
}
