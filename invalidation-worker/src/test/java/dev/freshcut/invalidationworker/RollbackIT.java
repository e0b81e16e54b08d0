package dev.freshcut.invalidationworker;

import static dev.freshcut.invalidationworker.WorkerFixture.SERVERS;
import static dev.freshcut.invalidationworker.WorkerFixture.count;
import static dev.freshcut.invalidationworker.WorkerFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.StampedStore.Fill;
import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.coherentcache.model.CacheKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A Redis that comes back from an older state, or empty. */
class RollbackIT {
  private static final String DAY = "2026-11-23";

  /** Twice as long before Redis was empty are changes read again: longer than any stall. */
  private static final String LOAD_TIME = "freshcut.cache.max-load-time";

  @Test
  void entriesThatComeBackFromAnOldSaveAreEvictedAgain() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      ConfigurableApplicationContext worker = fixture.start();
      CacheKey key = fixture.item(1, DAY, "a");
      fixture.filled(key, 100);
      SERVERS.redis().save();
      fixture.changes.created(1, DAY, "b", 100);
      fixture.evicted(key);

      SERVERS.redis().stop();
      SERVERS.redis().start();
      fixture.evicted(key);
      eventually().until(() -> count(worker, "rewinds") >= 1);
      assertThat(fixture.fill(key, 100)).isEqualTo(Fill.EVICTED);
    }
  }

  /** Also if the next batch comes before anybody has looked. */
  @Test
  void changesThatGoOnDoNotHideTheLoss() throws Exception {
    try (WorkerFixture fixture = new WorkerFixture()) {
      fixture.start(Map.of("freshcut.worker.check-interval", "1m"));
      AtomicBoolean stop = new AtomicBoolean();
      AtomicLong xid = new AtomicLong(1_000);
      Thread traffic =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!stop.get()) {
                      fixture.changes.created(2, DAY, "x", xid.incrementAndGet());
                    }
                  });
      try {
        for (int round = 1; round <= 3; round++) {
          int shop = 10 + round;
          CacheKey key = fixture.item(shop, DAY, "a");
          fixture.filled(key, 100);
          SERVERS.redis().save();
          fixture.changes.created(shop, DAY, "b", 100);
          fixture.evicted(key);

          SERVERS.redis().stop();
          SERVERS.redis().start();
          fixture.evicted(key);
        }
      } finally {
        stop.set(true);
        traffic.join();
      }
    }
  }

  /**
   * The same server without its keys: only the positions tell, and the next batch would hide them.
   */
  @Test
  void changesThatGoOnDoNotHideAFlush() {
    try (WorkerFixture fixture = new WorkerFixture(1)) {
      ConfigurableApplicationContext worker =
          fixture.start(Map.of("freshcut.worker.check-interval", "1m", LOAD_TIME, "1m"));
      fixture.changes.created(1, DAY, "b", 100);
      eventually().until(() -> count(worker, "changes", "outcome", "evicted") == 1);

      SERVERS.redis().flush();
      fixture.changes.created(2, DAY, "b", 101);

      // Sooner than the check that comes once a minute.
      eventually().atMost(Duration.ofSeconds(30)).until(() -> count(worker, "rewinds") == 1);
      eventually()
          .untilAsserted(
              () ->
                  assertThat(fixture.fill(fixture.item(1, DAY, "a"), 100)).isEqualTo(Fill.EVICTED));
    }
  }

  @Test
  void whatWasEvictedBeforeAFlushCannotComeBackAfterIt() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      ConfigurableApplicationContext worker = fixture.start(Map.of(LOAD_TIME, "1m"));
      fixture.changes.created(1, DAY, "b", 100);
      fixture.changes.beat(Instant.now(), 101, 100);
      eventually().until(() -> fixture.coherence.watermarks().read().isPresent());

      SERVERS.redis().flush();
      eventually().until(() -> count(worker, "rewinds") >= 1);
      // A load that began before the change, and ends after the flush.
      eventually()
          .untilAsserted(
              () ->
                  assertThat(fixture.fill(fixture.item(1, DAY, "a"), 100)).isEqualTo(Fill.EVICTED));
      Instant at = Instant.now();
      fixture.changes.beat(at, 102, 101);
      eventually()
          .untilAsserted(
              () ->
                  assertThat(fixture.coherence.watermarks().read())
                      .contains(new Watermark(at, 102, 101)));
    }
  }

  @Test
  void aWorkerThatStartsOnAnEmptyRedisReadsTheLastChangesAgain() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      ConfigurableApplicationContext worker = fixture.start(Map.of(LOAD_TIME, "1m"));
      fixture.changes.created(1, DAY, "b", 100);
      eventually().until(() -> count(worker, "changes", "outcome", "evicted") == 1);
      fixture.stop(worker);
      SERVERS.redis().flush();

      fixture.start(Map.of(LOAD_TIME, "1m"));
      eventually()
          .untilAsserted(
              () ->
                  assertThat(fixture.fill(fixture.item(1, DAY, "a"), 100)).isEqualTo(Fill.EVICTED));
    }
  }
}
