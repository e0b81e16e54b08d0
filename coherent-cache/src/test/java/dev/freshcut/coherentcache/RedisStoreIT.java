package dev.freshcut.coherentcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.StampedStore.Begun;
import dev.freshcut.coherentcache.StampedStore.Entry;
import dev.freshcut.coherentcache.StampedStore.Fill;
import dev.freshcut.coherentcache.StampedStore.Wanted;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.CacheModel;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

class RedisStoreIT {
  private final CacheFixture cache = new CacheFixture(redis());
  private final CacheKey key = cache.key(7, "2026-11-20", "a");

  /** Which Redis; over a cluster the same must hold. */
  Config redis() {
    return CacheFixture.singleServer();
  }

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void whatWasFilledIsRead() {
    Instant loadedAt = Instant.parse("2026-11-20T10:00:00Z");
    cache.store.begin(key, "me", -1);

    Fill fill = cache.store.fill(key, "me", "[1]".getBytes(UTF_8), 42, loadedAt);

    assertThat(fill).isEqualTo(Fill.STORED);
    Entry entry = Objects.requireNonNull(cache.store.read(key));
    assertThat(entry.json()).asString().isEqualTo("[1]");
    assertThat(entry.floor()).isEqualTo(42);
    assertThat(entry.loadedAt()).isEqualTo(loadedAt);
    assertThat(entry.expiresAt()).isEqualTo(loadedAt.plus(key.family().ttl()));
    assertThat(
            cache
                .redisson
                .getBucket(cache.settings.namespace() + ":e:" + key.text())
                .remainTimeToLive())
        .isBetween(1L, key.family().ttl().toMillis());
  }

  @Test
  void jitterShortensTheTtlByAtMostItsFraction() {
    CacheKey jittered = cache.model.family("shop").key(7);
    for (int i = 0; i < 20; i++) {
      cache.put(jittered, 10 + i);
      Entry entry = Objects.requireNonNull(cache.store.read(jittered));
      long ttl = entry.expiresAt().toEpochMilli() - entry.loadedAt().toEpochMilli();
      assertThat(ttl).isBetween(30 * 60_000L, 60 * 60_000L);
    }
  }

  @Test
  void fillIsRefusedOnceItsFloorMayLackAnEviction() {
    cache.store.begin(key, "me", -1);
    cache.evict(7, "2026-11-20", 100);

    assertThat(cache.fill(key, 99)).isEqualTo(Fill.EVICTED);
    assertThat(cache.fill(key, 100)).isEqualTo(Fill.EVICTED);
    assertThat(cache.cached(key)).isFalse();
    assertThat(cache.fill(key, 101)).isEqualTo(Fill.STORED);
  }

  @Test
  void olderFillDoesNotReplaceNewer() {
    cache.put(key, 50);

    assertThat(cache.fill(key, 49)).isEqualTo(Fill.NEWER);
    assertThat(cache.fill(key, 50)).isEqualTo(Fill.STORED);
    assertThat(Objects.requireNonNull(cache.store.read(key)).floor()).isEqualTo(50);
  }

  @Test
  void fillThatRedisWasNotToldOfIsRefused() {
    assertThat(cache.fill(key, 50)).isEqualTo(Fill.UNREGISTERED);
  }

  @Test
  void evictionBeforeTheFirstLoadOfAScopeStillRefusesFillsThatMayLackIt() {
    cache.evict(7, "2026-11-20", 100);

    assertThat(cache.put(key, 100)).isEqualTo(Fill.EVICTED);
    assertThat(cache.put(key, 101)).isEqualTo(Fill.STORED);
  }

  @Test
  void firstLoadOfAnotherModelIsRefusedWhatItMayLack() {
    CacheModel other = CacheModel.parse("other.yml", CacheFixture.OTHER_MODEL);
    CacheKey theirs = other.family("items").key(7, "2026-11-20", "a");
    cache.store.begin(key, "claimant", -1);
    cache.evict(7, "2026-11-20", 100);
    try (RedisCoherence otherProcess = cache.coherence(other)) {
      StampedStore store = otherProcess.store();
      store.begin(theirs, "other", -1);

      assertThat(store.fill(theirs, "other", "1".getBytes(UTF_8), 100, Instant.EPOCH))
          .isEqualTo(Fill.EVICTED);
      assertThat(store.fill(theirs, "other", "1".getBytes(UTF_8), 101, Instant.EPOCH))
          .isEqualTo(Fill.STORED);
    }
  }

  @Test
  void announcementOfOneModelIsNotAnothers() {
    CacheModel other = CacheModel.parse("other.yml", CacheFixture.OTHER_MODEL);
    CacheKey theirs = other.family("items").key(7, "2026-11-20", "a");
    cache.store.begin(key, "claimant", -1);
    try (RedisCoherence otherProcess = cache.coherence(other)) {
      assertThat(otherProcess.store().fill(theirs, "other", "1".getBytes(UTF_8), 50, Instant.EPOCH))
          .isEqualTo(Fill.UNREGISTERED);
    }
  }

  @Test
  void oneClaimantAtATimeAndItsFillGivesTheClaimBack() {
    assertThat(cache.store.begin(key, "first", -1)).isInstanceOf(Begun.Granted.class);
    assertThat(cache.store.begin(key, "second", -1))
        .isInstanceOfSatisfying(
            Begun.Held.class,
            held ->
                assertThat(held.remaining())
                    .isBetween(java.time.Duration.ofMillis(1), cache.settings.lease()));

    cache.store.fill(key, "first", "1".getBytes(UTF_8), 10, Instant.EPOCH);

    assertThat(cache.store.begin(key, "second", -1))
        .isInstanceOfSatisfying(
            Begun.Found.class, found -> assertThat(found.entry().floor()).isEqualTo(10));
    assertThat(cache.store.begin(key, "second", 10)).isInstanceOf(Begun.Granted.class);
  }

  @Test
  void aClaimMadeAgainByItsClaimantIsStillGranted() {
    cache.store.begin(key, "first", -1);

    assertThat(cache.store.begin(key, "first", -1)).isInstanceOf(Begun.Granted.class);
    assertThat(cache.store.begin(key, "second", -1)).isInstanceOf(Begun.Held.class);
  }

  @Test
  void onlyItsClaimantGivesAClaimBack() {
    cache.store.begin(key, "first", -1);

    cache.store.release(key, "second");
    assertThat(cache.store.begin(key, "third", -1)).isInstanceOf(Begun.Held.class);
    cache.store.release(key, "first");
    assertThat(cache.store.begin(key, "third", -1)).isInstanceOf(Begun.Granted.class);
  }

  @Test
  void damagedEntryIsAMissAndIsReplaced() {
    cache.put(key, 10);
    cache
        .redisson
        .getBucket(cache.settings.namespace() + ":e:" + key.text(), ByteArrayCodec.INSTANCE)
        .set("garbage of some length".getBytes(UTF_8));

    assertThat(cache.store.read(key)).isNull();
    assertThat(cache.store.begin(key, "me", -1)).isInstanceOf(Begun.Granted.class);
    assertThat(cache.store.fill(key, "me", "1".getBytes(UTF_8), 10, Instant.EPOCH))
        .isEqualTo(Fill.STORED);
    assertThat(cache.cached(key)).isTrue();
  }

  @Test
  void scriptsAreFoundAgainAfterRedisHasForgottenThem() {
    cache.redisson.getScript(StringCodec.INSTANCE).scriptFlush();
    assertThat(cache.put(key, 10)).isEqualTo(Fill.STORED);

    cache.redisson.getScript(StringCodec.INSTANCE).scriptFlush();
    assertThat(cache.evict(7, "2026-11-20", 10)).isEqualTo(1);

    List<CacheKey> keys = List.of(key, cache.key(8, "2026-11-20", "a"));
    cache.redisson.getScript(StringCodec.INSTANCE).scriptFlush();
    assertThat(
            cache.store.begin(keys.stream().map(each -> new Wanted(each, -1)).toList(), "several"))
        .hasSize(2)
        .allMatch(begun -> begun instanceof Begun.Granted);
  }
}
