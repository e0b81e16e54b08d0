package dev.freshcut.coherentcache;

import static dev.freshcut.coherentcache.CacheFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.coherentcache.Answer.Cause;
import dev.freshcut.coherentcache.Answer.Source;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.embeddedstack.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** Redis goes away, comes back, and comes back from an older state. */
class RedisOutageIT {
  private static final TypeReference<@Nullable String> TEXT = new TypeReference<>() {};

  /** The tests wait for it; while Redis is there, whatever it is too short for is tried again. */
  private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(1);

  private final RedisServer redis = CacheFixture.redis();
  private final CacheFixture cache = new CacheFixture();
  private final AtomicInteger failures = new AtomicInteger();
  private final RedisCoherence impatient =
      cache.impatient(
          REDIS_TIMEOUT,
          new CacheListener() {
            @Override
            public void redisFailed(String operation, Throwable cause) {
              failures.incrementAndGet();
            }
          });
  private final FakeSource database = new FakeSource();
  private final CacheKey key = cache.key(7, "2026-11-20", "a");

  @AfterEach
  void close() {
    redis.start();
    eventually().ignoreExceptions().untilAsserted(() -> cache.redisson.getKeys().count());
    impatient.close();
    cache.close();
  }

  @Test
  void readsGoToTheLoaderMostWithoutWaitingAndTheCacheReturnsByItself() {
    cache.watermark(Instant.now());
    CoherentCache reader = impatient.reader(database);
    eventually().until(() -> read(reader).source() instanceof Source.Hit);

    redis.stop();

    eventually()
        .untilAsserted(
            () -> assertThat(read(reader).source()).isEqualTo(new Source.Bypass(Cause.REDIS)));
    failures.set(0);
    for (int i = 0; i < 100; i++) {
      assertThat(read(reader).value()).isEqualTo("loaded");
    }
    assertThat(failures.get())
        .as("of 100 reads those that asked Redis: the breaker keeps the others from it")
        .isLessThan(50);
    eventually()
        .until(
            () -> {
              read(reader);
              return reader.bypassing().filter(Cause.REDIS::equals).isPresent();
            });

    redis.start();
    eventually()
        .ignoreExceptions()
        .until(
            () -> {
              cache.watermark(Instant.now());
              return read(reader).source() instanceof Source.Hit;
            });
  }

  @Test
  void severalReadsWaitForRedisOnceTogether() {
    cache.watermark(Instant.now());
    CoherentCache reader = impatient.reader(database);
    List<CacheKey> keys = List.of(key, cache.key(7, "2026-11-21", "a"));
    assertThat(readAll(reader, keys)).noneMatch(answer -> answer.source() instanceof Source.Hit);
    eventually()
        .until(
            () ->
                readAll(reader, keys).stream()
                    .allMatch(answer -> answer.source() instanceof Source.Hit));

    redis.stop();

    eventually()
        .untilAsserted(
            () ->
                assertThat(readAll(reader, keys))
                    .allSatisfy(
                        answer -> {
                          assertThat(answer.value()).isEqualTo("loaded");
                          assertThat(answer.source()).isEqualTo(new Source.Bypass(Cause.REDIS));
                        }));
  }

  private static List<Answer<@Nullable String>> readAll(CoherentCache reader, List<CacheKey> keys) {
    return reader.getAll(
        keys, TEXT, Consistency.EVENTUAL, which -> Collections.nCopies(which.size(), "loaded"));
  }

  @Test
  void evictionIsNotConfirmedWhileRedisIsAwayNorIsProgressRecorded() {
    redis.stop();

    assertThatThrownBy(() -> cache.evict(7, "2026-11-20", 5))
        .isInstanceOf(CacheUnavailableException.class);

    redis.start();
    eventually()
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(cache.coherence.progress().positions()).isEmpty());
  }

  @Test
  void progressIsNotRecordedOnAnotherServerThanConfirmedTheEvictions() {
    cache.evictor.evict(List.of(), Progress.of(Map.of("p", "1")));
    redis.save();
    redis.stop();
    redis.start();
    awaitRedis();

    assertThatThrownBy(
            () ->
                cache.evictor.evict(
                    List.of(), Progress.of(Map.of("p", "2")).expecting(Map.of("p", "1"))))
        .isInstanceOf(ProgressConflictException.class);
    assertThat(cache.coherence.progress().positions()).isEqualTo(Map.of("p", "1"));
    cache.evictor.evict(List.of(), Progress.of(Map.of("p", "2")).expecting(Map.of("p", "1")));
    assertThat(cache.coherence.progress().positions()).isEqualTo(Map.of("p", "2"));
  }

  @Test
  void entriesThatComeBackComeBackWithTheirOlderProgress() {
    cache.put(key, 10);
    cache.evictor.evict(List.of(), Progress.of(Map.of("p", "1")));
    redis.save();
    cache.evictor.evict(
        CacheFixture.evictions(cache.created(7, "2026-11-20"), 10), Progress.of(Map.of("p", "2")));
    assertThat(cache.cached(key)).isFalse();

    redis.stop();
    redis.start();
    awaitRedis();

    assertThat(cache.cached(key)).isTrue();
    assertThat(cache.coherence.progress().positions()).isEqualTo(Map.of("p", "1"));
    // Pipelines are not repeated by the client, and may meet a connection of before the restart.
    eventually()
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              cache.evict(7, "2026-11-20", 10);
              assertThat(cache.cached(key)).isFalse();
            });
  }

  private void awaitRedis() {
    eventually().ignoreExceptions().untilAsserted(() -> cache.coherence.progress().positions());
  }

  private Answer<@Nullable String> read(CoherentCache reader) {
    return reader.get(key, TEXT, Consistency.EVENTUAL, () -> "loaded");
  }
}
