package dev.freshcut.coherentcache;

import static dev.freshcut.coherentcache.CacheFixture.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.coherentcache.Answer.Cause;
import dev.freshcut.coherentcache.Answer.Reason;
import dev.freshcut.coherentcache.Answer.Source;
import dev.freshcut.coherentcache.StampedStore.Begun;
import dev.freshcut.coherentcache.model.CacheKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.redisson.config.Config;
import tools.jackson.core.type.TypeReference;

/** Reads of several keys at once. */
class SeveralKeysIT {
  private static final TypeReference<@Nullable String> TEXT = new TypeReference<>() {};

  private final CacheFixture cache = new CacheFixture(redis());
  private final FakeSource database = new FakeSource();
  private final CacheKey a = cache.key(7, "2026-11-20", "a");
  private final CacheKey b = cache.key(7, "2026-11-21", "b");
  private final CacheKey c = cache.key(8, "2026-11-20", "c");

  /** What each load was asked for. */
  private final List<List<Integer>> loads = new CopyOnWriteArrayList<>();

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
  void whatIsMissingIsLoadedTogetherAndTheRestIsNot() {
    reader.get(b, TEXT, Consistency.EVENTUAL, () -> "b");

    List<Answer<@Nullable String>> answers = read(List.of(a, b, c));

    assertThat(values(answers)).containsExactly("0 of 1", "b", "2 of 1");
    assertThat(answers)
        .extracting(Answer::source)
        .containsExactly(
            new Source.Miss(Reason.ABSENT, true),
            new Source.Hit(),
            new Source.Miss(Reason.ABSENT, true));
    assertThat(loads).containsExactly(List.of(0, 2));
    assertThat(read(List.of(c, b, a)))
        .allMatch(answer -> answer.source() instanceof Source.Hit)
        .extracting(Answer::value)
        .containsExactly("2 of 1", "b", "0 of 1");
    assertThat(loads).hasSize(1);
  }

  @Test
  void theSameKeyTwiceIsLoadedOnce() {
    assertThat(values(read(List.of(a, a)))).containsExactly("0 of 1", "0 of 1");
    assertThat(read(List.of())).isEmpty();
    assertThat(loads).containsExactly(List.of(0));
  }

  @Test
  void eachEntryIsHeldAgainstTheToken() {
    reader.get(a, TEXT, Consistency.EVENTUAL, () -> "old");
    database.snapshot = Snapshot.parse("151:151:");
    reader.get(b, TEXT, Consistency.EVENTUAL, () -> "new");

    List<Answer<@Nullable String>> answers =
        reader.getAll(List.of(b, a), TEXT, Consistency.atLeast(150), this::load);

    assertThat(values(answers)).containsExactly("new", "1 of 1");
    assertThat(answers.get(1).source()).isEqualTo(new Source.Miss(Reason.TOO_OLD, true));
  }

  @Test
  void whatIsNotToComeFromTheCacheIsLoadedTogether() {
    read(List.of(a, b));

    assertThat(reader.getAll(List.of(a, b), TEXT, Consistency.STRONG, this::load))
        .extracting(Answer::source)
        .containsOnly(new Source.Bypass(Cause.REQUESTED));
    database.insideReadWriteTransaction = true;
    assertThat(read(List.of(a, b)))
        .extracting(Answer::source)
        .containsOnly(new Source.Bypass(Cause.TRANSACTION));
    assertThat(loads).containsExactly(List.of(0, 1), List.of(0, 1), List.of(0, 1));
  }

  @Test
  void eachEntryIsEvictedByItself() {
    read(List.of(a, b));

    assertThat(cache.evict(7, "2026-11-20", 100)).isEqualTo(1);

    database.snapshot = Snapshot.parse("101:101:");
    assertThat(read(List.of(a, b)))
        .extracting(Answer::source)
        .containsExactly(new Source.Miss(Reason.ABSENT, true), new Source.Hit());
  }

  @Test
  void aFillThatIsRefusedDoesNotTakeTheOthersAlong() {
    cache.evict(7, "2026-11-20", 110);

    assertThat(read(List.of(a, c)))
        .extracting(Answer::source)
        .containsExactly(
            new Source.Miss(Reason.ABSENT, false), new Source.Miss(Reason.ABSENT, true));
    assertThat(cache.store.begin(a, "next", -1)).isInstanceOf(Begun.Granted.class);
    assertThat(cache.store.begin(c, "next", -1)).isInstanceOf(Begun.Found.class);
  }

  @Test
  void tooLongKeysAreLoadedWithNoEntry() {
    CacheKey tooLong = cache.key(7, "2026-11-20", "y".repeat(2_000));

    assertThat(values(read(List.of(tooLong, a)))).containsExactly("0 of 2", "1 of 1");
    assertThat(read(List.of(tooLong, a)))
        .extracting(Answer::source)
        .containsExactly(new Source.Miss(Reason.ABSENT, false), new Source.Hit());
  }

  @Test
  void onlySoManyKeysAreReadTogether() {
    List<CacheKey> most =
        IntStream.range(0, CoherentCache.MOST_KEYS)
            .mapToObj(i -> cache.key(7, "2026-11-20", "s" + i))
            .toList();
    assertThat(read(most)).allMatch(answer -> !(answer.source() instanceof Source.Hit));
    assertThat(read(most)).allMatch(answer -> answer.source() instanceof Source.Hit);
    assertThat(loads).hasSize(1);

    List<CacheKey> more = Collections.nCopies(CoherentCache.MOST_KEYS + 1, a);
    assertThatThrownBy(() -> read(more)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aLoaderThatForgetsAKeyIsRefused() {
    assertThatThrownBy(
            () ->
                reader.getAll(
                    List.of(a, b), TEXT, Consistency.EVENTUAL, which -> List.of("only one")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 values for 2 keys");
    assertThat(cache.store.begin(a, "next", -1)).isInstanceOf(Begun.Granted.class);
  }

  @Test
  void whatAnotherProcessLoadsIsWaitedForAfterTheRest() throws Exception {
    assertThat(cache.store.begin(a, "another", -1)).isInstanceOf(Begun.Granted.class);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<Answer<@Nullable String>>> answers = threads.submit(() -> read(List.of(a, b)));
      eventually().until(() -> cache.cached(b));
      assertThat(answers.isDone()).isFalse();

      cache.store.fill(a, "another", "\"theirs\"".getBytes(UTF_8), 100, Instant.EPOCH);

      assertThat(values(answers.get(60, TimeUnit.SECONDS))).containsExactly("theirs", "1 of 1");
    }
    assertThat(loads).containsExactly(List.of(1));
  }

  @Test
  void readersThatWantTheSameInAnotherOrderDoNotBlockEachOther() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 50; round++) {
        String day = LocalDate.of(2027, 1, 1).plusDays(round).toString();
        List<CacheKey> keys = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          keys.add(cache.key(7, day, "s" + i));
        }
        CyclicBarrier together = new CyclicBarrier(4);
        List<Future<?>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          List<CacheKey> mine = new ArrayList<>(keys);
          Collections.rotate(mine, i * 2);
          readers.add(
              threads.submit(
                  () -> {
                    together.await();
                    return read(mine);
                  }));
        }
        for (Future<?> each : readers) {
          each.get(60, TimeUnit.SECONDS);
        }
      }
    }
    assertThat(loads.stream().mapToInt(List::size).sum()).isEqualTo(50 * 8);
  }

  @Test
  void whoJoinedDoesNotGetTheFailureOfAnotherKeyAndLoadsForAll() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch joined = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> failing =
          threads.submit(
              () ->
                  reader.<@Nullable String>getAll(
                      List.of(a, b),
                      TEXT,
                      Consistency.EVENTUAL,
                      which -> {
                        loading.countDown();
                        joined.await();
                        throw new IllegalArgumentException("b is not there");
                      }));
      loading.await();
      FutureTask<Answer<@Nullable String>> joining =
          new FutureTask<>(() -> reader.get(a, TEXT, Consistency.EVENTUAL, () -> "own"));
      Thread joiner = new Thread(joining);
      joiner.start();
      eventually().until(() -> waitsInAFlight(joiner));
      joined.countDown();

      assertThatThrownBy(failing::get).hasRootCauseMessage("b is not there");
      Answer<@Nullable String> answer = joining.get(60, TimeUnit.SECONDS);
      assertThat(answer.value()).isEqualTo("own");
      assertThat(answer.source()).isEqualTo(new Source.Miss(Reason.ABSENT, true));
    }
  }

  private static boolean waitsInAFlight(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(Flight.class.getName())
                    && frame.getMethodName().equals("await"));
  }

  private List<Answer<@Nullable String>> read(List<CacheKey> keys) {
    return reader.getAll(keys, TEXT, Consistency.EVENTUAL, this::load);
  }

  /** Says which load of this test it was. */
  private List<@Nullable String> load(List<Integer> which) {
    loads.add(which);
    int number = loads.size();
    return which.stream().<@Nullable String>map(i -> i + " of " + number).toList();
  }

  private static List<@Nullable String> values(List<Answer<@Nullable String>> answers) {
    return answers.stream().<@Nullable String>map(Answer::value).toList();
  }
}
