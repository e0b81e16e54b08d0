package dev.freshcut.invalidationworker;

import static dev.freshcut.invalidationworker.WorkerFixture.SERVERS;
import static dev.freshcut.invalidationworker.WorkerFixture.count;
import static dev.freshcut.invalidationworker.WorkerFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.model.CacheKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Families that may lag: at most one eviction of a pattern per interval, and none is lost. */
class BoundedFreshnessIT {
  private static List<String> heldBack(WorkerFixture fixture) {
    return fixture.positions().keySet().stream().filter(name -> name.contains(":h")).toList();
  }

  private static void noted(WorkerFixture fixture, int shop, long xid) {
    String table = "public.notes";
    String row = "{\"id\":1,\"shop\":%d}".formatted(shop);
    fixture.changes.send(table, Changes.envelope(table, "c", "null", row, xid), xid);
  }

  private static void worked(ConfigurableApplicationContext worker, int changes) {
    eventually().until(() -> count(worker, "changes", "table", "public.notes") == changes);
  }

  @Test
  void changesWithinTheIntervalAreEvictedAtItsEnd() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      ConfigurableApplicationContext worker = fixture.start();
      CacheKey total = fixture.total(1);
      fixture.filled(total, 100);
      noted(fixture, 1, 100);
      fixture.evicted(total);

      fixture.filled(total, 101);
      noted(fixture, 1, 101);
      worked(worker, 2);
      assertThat(fixture.has(total)).isTrue();
      assertThat(heldBack(fixture)).hasSize(1);

      fixture.evicted(total);
      eventually().untilAsserted(() -> assertThat(heldBack(fixture)).isEmpty());
    }
  }

  @Test
  void whatIsHeldBackSurvivesTheWorker() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      ConfigurableApplicationContext worker = fixture.start();
      CacheKey total = fixture.total(1);
      noted(fixture, 1, 100);
      worked(worker, 1);
      fixture.filled(total, 101);
      noted(fixture, 1, 101);
      worked(worker, 2);
      assertThat(fixture.has(total)).isTrue();
      fixture.stop(worker);
      assertThat(heldBack(fixture)).hasSize(1);
      assertThat(fixture.has(total)).isTrue();

      fixture.start();
      fixture.evicted(total);
      eventually().untilAsserted(() -> assertThat(heldBack(fixture)).isEmpty());
    }
  }

  @Test
  void whatWasHeldBackInAnOldSaveIsEvictedAgain() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      ConfigurableApplicationContext worker = fixture.start();
      CacheKey total = fixture.total(1);
      noted(fixture, 1, 100);
      worked(worker, 1);
      fixture.filled(total, 101);
      noted(fixture, 1, 101);
      worked(worker, 2);
      assertThat(heldBack(fixture)).hasSize(1);
      SERVERS.redis().save();
      fixture.evicted(total);
      eventually().untilAsserted(() -> assertThat(heldBack(fixture)).isEmpty());

      // No position has moved since the save; only what is owed tells.
      SERVERS.redis().stop();
      SERVERS.redis().start();
      fixture.evicted(total);
      eventually().untilAsserted(() -> assertThat(heldBack(fixture)).isEmpty());
    }
  }
}
