package dev.freshcut.invalidationworker;

import static dev.freshcut.invalidationworker.WorkerFixture.count;
import static dev.freshcut.invalidationworker.WorkerFixture.eventually;
import static dev.freshcut.invalidationworker.WorkerFixture.health;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.coherentcache.model.CacheKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** From records in Kafka to entries gone from Redis. */
class EvictionIT {
  private static final String MONDAY = "2026-11-23";
  private static final String TUESDAY = "2026-11-24";

  @Test
  void aChangeEvictsWhatItTouchesAndNothingElse() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      ConfigurableApplicationContext worker = fixture.start();
      CacheKey touched = fixture.item(1, MONDAY, "a");
      CacheKey otherDay = fixture.item(1, TUESDAY, "a");
      CacheKey otherShop = fixture.item(2, MONDAY, "a");
      fixture.filled(touched, 100);
      fixture.filled(otherDay, 100);
      fixture.filled(otherShop, 100);

      fixture.changes.created(1, MONDAY, "b", 100);

      fixture.evicted(touched);
      assertThat(fixture.has(otherDay)).isTrue();
      assertThat(fixture.has(otherShop)).isTrue();
      eventually()
          .untilAsserted(
              () -> {
                assertThat(count(worker, "changes", "table", "public.items", "outcome", "evicted"))
                    .isEqualTo(1);
                assertThat(count(worker, "entries.evicted")).isEqualTo(1);
              });
    }
  }

  @Test
  void aMoveEvictsBothDaysAndAColumnThatMattersToNobodyNothing() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      ConfigurableApplicationContext worker = fixture.start();
      CacheKey from = fixture.item(1, MONDAY, "a");
      CacheKey to = fixture.item(1, TUESDAY, "a");
      CacheKey other = fixture.item(2, MONDAY, "a");
      fixture.filled(from, 100);
      fixture.filled(to, 100);
      fixture.filled(other, 100);

      String otherRow = Changes.item(2, MONDAY, "a", 5);
      fixture.changes.send(
          "public.items",
          Changes.envelope("public.items", "u", otherRow, otherRow.replace("\"x\"", "\"y\""), 101),
          101L);
      eventually()
          .until(
              () -> count(worker, "changes", "table", "public.items", "outcome", "untouched") == 1);
      assertThat(fixture.has(from) && fixture.has(to) && fixture.has(other)).isTrue();

      fixture.changes.send(
          "public.items",
          Changes.envelope(
              "public.items",
              "u",
              Changes.item(1, MONDAY, "a", 5),
              Changes.item(1, TUESDAY, "a", 5),
              102),
          102L);
      fixture.evicted(from);
      fixture.evicted(to);
      assertThat(fixture.has(other)).isTrue();
    }
  }

  @Test
  void anEntryThatContainsTheChangeStays() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      fixture.start();
      CacheKey old = fixture.item(1, MONDAY, "a");
      CacheKey fresh = fixture.item(1, MONDAY, "b");
      fixture.filled(old, 100);
      fixture.filled(fresh, 101);

      fixture.changes.created(1, MONDAY, "b", 100);

      fixture.evicted(old);
      assertThat(fixture.has(fresh)).isTrue();
    }
  }

  @Test
  void aTruncateEvictsEveryScope() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      fixture.start();
      for (int shop = 1; shop <= 3; shop++) {
        fixture.filled(fixture.item(shop, MONDAY, "a"), 100);
      }
      fixture.changes.truncated("public.items", 100);
      for (int shop = 1; shop <= 3; shop++) {
        fixture.evicted(fixture.item(shop, MONDAY, "a"));
      }
    }
  }

  @Test
  void aHeartbeatMovesTheWatermark() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      ConfigurableApplicationContext worker = fixture.start();
      assertThat(health(worker).getStatus()).isEqualTo(Status.DOWN);

      fixture.changes.created(1, MONDAY, "b", 100);
      Instant at = Instant.now();
      fixture.changes.beat(at, 101, 99);

      eventually()
          .untilAsserted(
              () ->
                  assertThat(fixture.coherence.watermarks().read())
                      .contains(new Watermark(at, 101, 99)));
      eventually().untilAsserted(() -> assertThat(health(worker).getStatus()).isEqualTo(Status.UP));
    }
  }
}
