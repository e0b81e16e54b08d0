package dev.freshcut.coherentcache;

import static dev.freshcut.coherentcache.CacheFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.coherentcache.Answer.Cause;
import dev.freshcut.coherentcache.Answer.Reason;
import dev.freshcut.coherentcache.Answer.Source;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.TableChange;
import dev.freshcut.coherentcache.model.TableChange.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.config.Config;
import tools.jackson.core.type.TypeReference;

class RedisCacheIT {
  private static final TypeReference<@Nullable String> TEXT = new TypeReference<>() {};
  private static final TypeReference<List<Integer>> NUMBERS = new TypeReference<>() {};

  private final CacheFixture cache = new CacheFixture(redis());
  private final FakeSource database = new FakeSource();
  private final AtomicInteger loads = new AtomicInteger();
  private final CacheKey key = cache.key(7, "2026-11-20", "a");
  private CoherentCache reader = cache.coherence.reader(database);

  /** Which Redis; over a cluster the same must hold. */
  Config redis() {
    return CacheFixture.singleServer();
  }

  @BeforeEach
  void pipelineIsAlive() {
    cache.watermark(Instant.now());
    reader = cache.coherence.reader(database);
  }

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void firstReadLoadsAndSecondHits() {
    Answer<@Nullable String> first = read("one");
    Answer<@Nullable String> second = read("two");

    assertThat(first.value()).isEqualTo("one");
    assertThat(first.source()).isEqualTo(new Source.Miss(Reason.ABSENT, true));
    assertThat(second.value()).isEqualTo("one");
    assertThat(second.source()).isEqualTo(new Source.Hit());
    assertThat(Objects.requireNonNull(second.ttl()))
        .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    assertThat(loads).hasValue(1);
  }

  @Test
  void nullIsAValue() {
    read(null);

    assertThat(read("never").value()).isNull();
    assertThat(loads).hasValue(1);
  }

  @Test
  void valueOfAnotherTypeIsLoadedAnew() {
    read("text");

    Answer<List<Integer>> answer =
        reader.get(key, NUMBERS, Consistency.EVENTUAL, () -> List.of(1, 2));

    assertThat(answer.source()).isEqualTo(new Source.Miss(Reason.UNREADABLE, true));
    assertThat(reader.get(key, NUMBERS, Consistency.EVENTUAL, List::of).value())
        .containsExactly(1, 2);
  }

  @Test
  void largeValueComesBackWhole() {
    String large = "0123456789".repeat(50_000);
    read(large);

    assertThat(read("never").value()).isEqualTo(large);
  }

  @Test
  void tooLargeValueAndTooLongKeyAreAnsweredButNotStored() {
    String tooLarge = "x".repeat(cache.settings.maxValueBytes());
    assertThat(read(tooLarge).source()).isEqualTo(new Source.Miss(Reason.ABSENT, false));
    assertThat(cache.cached(key)).isFalse();

    CacheKey tooLong = cache.key(7, "2026-11-20", "y".repeat(2_000));
    assertThat(reader.get(tooLong, TEXT, Consistency.EVENTUAL, () -> "v").source())
        .isEqualTo(new Source.Miss(Reason.ABSENT, false));
    assertThat(cache.cached(tooLong)).isFalse();
  }

  @Test
  void tokenRefusesEntriesThatMayLackItsTransaction() {
    read("old");
    database.snapshot = Snapshot.parse("151:151:");

    Answer<@Nullable String> atLeast = read("new", Consistency.atLeast(150));

    assertThat(atLeast.value()).isEqualTo("new");
    assertThat(atLeast.source()).isEqualTo(new Source.Miss(Reason.TOO_OLD, true));
    assertThat(read("never", Consistency.atLeast(150)).source()).isEqualTo(new Source.Hit());
  }

  @Test
  void tokenThatTheDatabaseLacksIsNotAnsweredWithAnOlderValue() {
    assertThatThrownBy(() -> read("old", Consistency.atLeast(150)))
        .isInstanceOf(SnapshotBehindException.class)
        .hasMessageContaining("150");
    assertThat(cache.cached(key)).isFalse();
  }

  @Test
  void tokenOfATransactionAboveTheFloorIsAnsweredThoughNotKept() {
    database.snapshot = Snapshot.parse("100:152:100,140");

    assertThat(read("new", Consistency.atLeast(150)).value()).isEqualTo("new");
    assertThatThrownBy(() -> read("old", Consistency.atLeast(140)))
        .isInstanceOf(SnapshotBehindException.class);
  }

  @Test
  void readersWithoutATokenDoNotShareTheFailureOfOneWithIt() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch joined = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> leader =
          threads.submit(
              () ->
                  reader.get(
                      key,
                      TEXT,
                      Consistency.atLeast(150),
                      () -> {
                        loading.countDown();
                        joined.await();
                        return "lacks it";
                      }));
      loading.await();
      Future<Answer<@Nullable String>> follower = threads.submit(() -> read("its own"));
      joined.countDown();

      assertThat(follower.get().value()).isIn("its own", "lacks it");
      assertThatThrownBy(leader::get).hasRootCauseInstanceOf(SnapshotBehindException.class);
    }
  }

  @Test
  void loaderThatReadsThroughTheCacheGetsItFromItsOwnSnapshot() {
    CacheKey inner = cache.key(7, "2026-11-20", "inner");
    reader.get(inner, TEXT, Consistency.EVENTUAL, () -> "old");
    database.snapshot = Snapshot.parse("201:201:");

    Answer<@Nullable String> outer =
        reader.get(
            key,
            TEXT,
            Consistency.EVENTUAL,
            () -> reader.get(inner, TEXT, Consistency.EVENTUAL, () -> "new").value());

    assertThat(outer.value()).isEqualTo("new");
  }

  @Test
  void strongReadsAskTheDatabase() {
    read("old");

    Answer<@Nullable String> strong = read("new", Consistency.STRONG);

    assertThat(strong.value()).isEqualTo("new");
    assertThat(strong.source()).isEqualTo(new Source.Bypass(Cause.REQUESTED));
  }

  @Test
  void insideAReadWriteTransactionNothingIsReadOrStored() {
    read("committed");
    database.insideReadWriteTransaction = true;

    Answer<@Nullable String> inside = read("uncommitted");
    assertThat(inside.value()).isEqualTo("uncommitted");
    assertThat(inside.source()).isEqualTo(new Source.Bypass(Cause.TRANSACTION));

    database.insideReadWriteTransaction = false;
    assertThat(read("never").value()).isEqualTo("committed");
  }

  @Test
  void loadThatAnEvictionOvertookIsAnsweredButNotStored() {
    Answer<@Nullable String> answer =
        reader.get(
            key,
            TEXT,
            Consistency.EVENTUAL,
            () -> {
              cache.evict(7, "2026-11-20", 120);
              return "stale";
            });

    assertThat(answer.source()).isEqualTo(new Source.Miss(Reason.ABSENT, false));
    database.snapshot = Snapshot.parse("121:121:");
    assertThat(read("fresh").value()).isEqualTo("fresh");
  }

  @Test
  void evictionOfEverythingReachesEntriesAndLoadsThatNoScanSees() {
    read("old");
    cache.evictor.evictEverything(200);

    eventually().until(() -> read("still old").source() instanceof Source.Miss);
    assertThat(cache.cached(key)).isFalse();
    database.snapshot = Snapshot.parse("201:201:");
    assertThat(read("new").source()).isEqualTo(new Source.Miss(Reason.ABSENT, true));
  }

  @Test
  void truncateReachesLoadsInScopesThatItsScanCouldNotSee() {
    var patterns =
        cache.model.evictionsFor(new TableChange("public.items", Kind.TRUNCATE, null, null));
    cache.evictor.evict(CacheFixture.evictions(patterns, 200));

    eventually().until(() -> read("old").source() instanceof Source.Miss miss && !miss.stored());
    database.snapshot = Snapshot.parse("201:201:");
    assertThat(read("new").source()).isInstanceOf(Source.Miss.class);
    assertThat(read("never").value()).isEqualTo("new");
  }

  @Test
  void loadFromBelowTheHorizonIsNotStored() {
    database.snapshot = Snapshot.parse("89:89:");
    assertThat(read("from long ago").source()).isEqualTo(new Source.Miss(Reason.ABSENT, false));

    database.snapshot = Snapshot.parse("90:90:");
    assertThat(read("now").source()).isEqualTo(new Source.Miss(Reason.ABSENT, true));
  }

  @Test
  void failureOfTheLoaderIsPassedOnAndKeepsNobodyWaiting() {
    assertThatThrownBy(
            () ->
                load(
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
    assertThatThrownBy(
            () ->
                load(
                    () -> {
                      throw new IOException("gone");
                    }))
        .isInstanceOf(CacheLoadException.class)
        .hasCauseInstanceOf(IOException.class);

    assertThat(read("works").source()).isEqualTo(new Source.Miss(Reason.ABSENT, true));
  }

  @Test
  void watermarkThatIsMissingOldOrGoneBackClosesTheCache() {
    Instant now = Instant.now();
    try (CacheFixture fresh = new CacheFixture(redis())) {
      CoherentCache unfed = fresh.coherence.reader(database);
      assertThat(source(unfed)).isEqualTo(new Source.Bypass(Cause.WATERMARK));
      assertThat(unfed.bypassing()).contains(Cause.WATERMARK);

      fresh.watermark(now);
      eventually().until(() -> source(unfed) instanceof Source.Miss);
      assertThat(unfed.bypassing()).isEmpty();
      fresh.watermark(now.minusMillis(1));
      eventually().until(() -> source(unfed).equals(new Source.Bypass(Cause.WATERMARK)));
      fresh.watermark(now);
      eventually().until(() -> source(unfed) instanceof Source.Hit);
      fresh.redisson.getKeys().delete(fresh.settings.namespace() + ":{state}:watermark");
      eventually().until(() -> source(unfed).equals(new Source.Bypass(Cause.WATERMARK)));
    }
    try (CacheFixture late = new CacheFixture(redis())) {
      late.watermark(now.minus(late.settings.watermarkBound()).minusSeconds(1));
      assertThat(source(late.coherence.reader(database)))
          .isEqualTo(new Source.Bypass(Cause.WATERMARK));
    }
  }

  @Test
  void stampedeOnThreeInstancesLoadsOnce() throws Exception {
    int perInstance = 67;
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Answer<@Nullable String>>> answers = new ArrayList<>();
    try (RedisCoherence second = cache.coherence(cache.model);
        RedisCoherence third = cache.coherence(cache.model);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (CoherentCache instance :
          List.of(reader, second.reader(database), third.reader(database))) {
        for (int i = 0; i < perInstance; i++) {
          answers.add(
              threads.submit(
                  () -> {
                    start.await();
                    return instance.get(key, TEXT, Consistency.EVENTUAL, this::slowLoad);
                  }));
        }
      }
      start.countDown();
      for (Future<Answer<@Nullable String>> answer : answers) {
        assertThat(answer.get().value()).isEqualTo("slow");
      }
    }
    assertThat(loads).hasValue(1);
  }

  @Test
  void crashedLoaderBlocksOthersForItsLeaseAtMost() {
    Duration lease = Duration.ofSeconds(2);
    try (CacheFixture brief = new CacheFixture(redis(), CacheFixture.settings(lease))) {
      brief.watermark(Instant.now());
      CoherentCache other = brief.coherence.reader(database);
      long start = System.nanoTime();
      brief.store.begin(key, "crashed", -1);

      assertThat(other.get(key, TEXT, Consistency.EVENTUAL, () -> "mine").value())
          .isEqualTo("mine");

      // Redis times the lease, by another clock than this one.
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(lease.minusMillis(200), lease.plusSeconds(30));
      assertThat(brief.cached(key)).isTrue();
    }
  }

  private String slowLoad() throws InterruptedException {
    loads.incrementAndGet();
    CountDownLatch never = new CountDownLatch(1);
    assertThat(never.await(300, java.util.concurrent.TimeUnit.MILLISECONDS)).isFalse();
    return "slow";
  }

  private Source source(CoherentCache from) {
    return from.get(key, TEXT, Consistency.EVENTUAL, () -> "any").source();
  }

  private void load(Callable<@Nullable String> loader) {
    reader.get(key, TEXT, Consistency.EVENTUAL, loader);
  }

  private Answer<@Nullable String> read(@Nullable String loaded) {
    return read(loaded, Consistency.EVENTUAL);
  }

  private Answer<@Nullable String> read(@Nullable String loaded, Consistency consistency) {
    return reader.get(
        key,
        TEXT,
        consistency,
        () -> {
          loads.incrementAndGet();
          return loaded;
        });
  }
}
