package dev.freshcut.coherentcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.StampedStore.Fill;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.Pattern;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RBucket;
import org.redisson.api.RScoredSortedSet;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

class RedisSweeperIT {
  private static final String DAY = "2026-11-20";

  private final CacheFixture cache = new CacheFixture(redis());
  private final CacheKey key = cache.key(7, DAY, "a");

  /** Which Redis; over a cluster the same must hold. */
  Config redis() {
    return CacheFixture.singleServer();
  }

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void membersOfExpiredEntriesGoAndOthersStay() {
    CacheKey alive = cache.key(7, DAY, "b");
    cache.put(key, 10);
    cache.put(alive, 10);
    cache.redisson.getKeys().delete(entry(key));

    Sweeper.Step swept = sweep(0);

    assertThat(swept.members()).isEqualTo(key.indexes().size());
    assertThat(cache.evict(7, DAY, 10)).isEqualTo(1);
  }

  @Test
  void aLargeIndexIsSweptInSeveralSteps() {
    int members = 15_000;
    cache.store.begin(key, "claimant", -1);
    RScoredSortedSet<String> base =
        cache.redisson.getScoredSortedSet(index(key), StringCodec.INSTANCE);
    Map<String, Double> expired = new HashMap<>();
    for (int i = 0; i < members; i++) {
      expired.put(DAY + ":expired" + i, 10.0);
    }
    base.addAll(expired);

    Sweeper sweeper = cache.coherence.sweeper();
    Sweeper.Step first = sweeper.step(0);
    assertThat(first.wrapped()).isFalse();
    assertThat(first.members()).isBetween(1L, members - 1L);
    long swept = first.members();
    Sweeper.Step step;
    do {
      step = sweeper.step(0);
      swept += step.members();
    } while (!step.wrapped());

    assertThat(swept).isEqualTo(members);
  }

  @Test
  void aKeyThatIsNoIndexStopsNothing() {
    // In a table that shrinks from what earlier tests left, a scan may meet a key twice.
    cache.redisson.getKeys().flushdb();
    cache.put(key, 10);
    cache.redisson.getKeys().delete(entry(key));
    cache.redisson.getBucket(cache.settings.namespace() + ":i:strange").set("x");
    cache.redisson.getBucket(cache.settings.namespace() + ":i:items:{}").set("x");
    assertThat(key.indexes()).allMatch(this::lists);
    RBucket<String> wrongType =
        cache.redisson.getBucket(cache.settings.namespace() + ":i:items:{9}:*:*");
    wrongType.set("x");

    int failures = 0;
    boolean wrapped = false;
    Sweeper sweeper = cache.coherence.sweeper();
    while (!wrapped) {
      try {
        wrapped = sweeper.step(0).wrapped();
      } catch (CacheUnavailableException e) {
        failures++;
      }
    }

    assertThat(failures).isEqualTo(1);
    // Not by the steps' counts: in which order the indexes come is for Redis to say, and a step
    // that
    // fails half-way does not tell what it had swept.
    assertThat(key.indexes()).noneMatch(this::lists);
    wrongType.delete();
  }

  @Test
  void tombstoneBelowTheHorizonGoesButLateFillsAreStillRefused() {
    cache.store.begin(key, "claimant", -1);
    cache.evict(7, DAY, 100);
    assertThat(sweep(100).tombstones()).isZero();

    assertThat(sweep(101).tombstones()).isPositive();

    assertThat(cache.fill(key, 100)).isEqualTo(Fill.EVICTED);
    assertThat(cache.fill(key, 101)).isEqualTo(Fill.STORED);
  }

  @Test
  void scopeOfNoLoadsGoesOnceItsTombstoneIsBelowTheHorizon() {
    cache.evict(7, DAY, 100);
    sweep(100);
    assertThat(indexes()).isPositive();

    sweep(101);

    assertThat(indexes()).isZero();
  }

  @Test
  void scopeStaysWhileALoadMayBeUnderWay() {
    cache.store.begin(key, "claimant", -1);

    sweep(1_000);

    assertThat(cache.fill(key, 10)).isEqualTo(Fill.STORED);
  }

  @Test
  void scopeOfALoadLongPastGoes() {
    cache.store.begin(key, "claimant", -1);
    RScoredSortedSet<String> base =
        cache.redisson.getScoredSortedSet(index(key), StringCodec.INSTANCE);
    base.add(-1, "#" + cache.model.fingerprint());

    sweep(1_000);

    assertThat(indexes()).isZero();
  }

  /** Else anybody could fill Redis by asking for what does not exist. */
  @Test
  void announcementOfALoadThatComesToNothingIsShort() {
    cache.store.begin(key, "claimant", -1);

    assertThat(announcedFor(key))
        .isBetween(settledSeconds(Duration.ZERO) - 60, settledSeconds(Duration.ZERO) + 5);
  }

  @Test
  void announcementOutlivesTheEntry() {
    cache.put(key, 10);
    long first = announcedUntil(key);
    assertThat(announcedFor(key)).isGreaterThan(settledSeconds(key.family().ttl()) - 60);

    cache.put(cache.key(7, DAY, "b"), 10);

    assertThat(announcedUntil(key)).as("a second fill").isEqualTo(first);
  }

  private long settledSeconds(Duration lifetime) {
    return lifetime.plus(cache.settings.maxLoadTime().multipliedBy(2)).toSeconds();
  }

  /** By Redis' clock, which is this machine's. */
  private long announcedFor(CacheKey of) {
    return announcedUntil(of) - System.currentTimeMillis() / 1_000;
  }

  private long announcedUntil(CacheKey of) {
    RScoredSortedSet<String> base =
        cache.redisson.getScoredSortedSet(index(of), StringCodec.INSTANCE);
    double score = base.getScore("#" + cache.model.fingerprint());
    return (long) -score;
  }

  private Sweeper.Step sweep(long horizon) {
    Sweeper sweeper = cache.coherence.sweeper();
    long members = 0;
    long tombstones = 0;
    Sweeper.Step step;
    do {
      step = sweeper.step(horizon);
      members += step.members();
      tombstones += step.tombstones();
    } while (!step.wrapped());
    return new Sweeper.Step(members, tombstones, true);
  }

  private long indexes() {
    KeysScanOptions glob = KeysScanOptions.defaults().pattern(cache.settings.namespace() + ":i:*");
    return cache.redisson.getKeys().getKeysStream(glob).count();
  }

  private String entry(CacheKey entry) {
    return cache.settings.namespace() + ":e:" + entry.text();
  }

  private String index(CacheKey entry) {
    return index(entry.base());
  }

  private String index(Pattern pattern) {
    return cache.settings.namespace() + ":i:" + pattern.text();
  }

  private boolean lists(Pattern pattern) {
    return cache
        .redisson
        .getScoredSortedSet(index(pattern), StringCodec.INSTANCE)
        .contains(key.member());
  }
}
