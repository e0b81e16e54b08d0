package dev.freshcut.invalidationworker;

import static dev.freshcut.invalidationworker.WorkerFixture.SERVERS;
import static dev.freshcut.invalidationworker.WorkerFixture.eventually;
import static dev.freshcut.invalidationworker.WorkerFixture.health;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.StampedStore.Fill;
import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.coherentcache.model.CacheKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Workers that come and go while changes flow. */
class RebalanceIT {
  private static final String DAY = "2026-11-23";
  private static final int SHOPS = 20;

  private static int positions(ConfigurableApplicationContext worker) {
    Object positions = health(worker).getDetails().get("positions");
    return positions instanceof Map<?, ?> map ? map.size() : 0;
  }

  /** Changes and fills at random; at the end no entry may lack a change. */
  private static final class Traffic {
    private final WorkerFixture fixture;
    private final Random random;
    private final Map<Integer, Long> lastChange = new HashMap<>();
    private long xid = 1_000;

    Traffic(WorkerFixture fixture, long seed) {
      this.fixture = fixture;
      this.random = new Random(seed);
    }

    void run(int steps) {
      for (int i = 0; i < steps; i++) {
        int shop = random.nextInt(SHOPS);
        if (random.nextInt(3) == 0) {
          // A load whose snapshot has the changes of before, or some changes less.
          var unused =
              fixture.fill(fixture.item(shop, DAY, "a"), Math.max(1, xid + 1 - random.nextInt(50)));
        } else {
          fixture.changes.fast(
              "public.items",
              Changes.envelope("public.items", "c", "null", Changes.item(shop, DAY, "a", i), ++xid),
              xid);
          lastChange.put(shop, xid);
        }
      }
      fixture.changes.flush();
    }

    void nothingIsStale(long seed) {
      Instant at = Instant.now();
      fixture.changes.beat(at, ++xid, xid);
      eventually()
          .untilAsserted(
              () ->
                  assertThat(fixture.coherence.watermarks().read())
                      .contains(new Watermark(at, xid, xid)));
      lastChange.forEach(
          (shop, change) -> {
            CacheKey key = fixture.item(shop, DAY, "a");
            var entry = fixture.store.read(key);
            assertThat(entry == null || entry.floor() > change)
                .as("seed %d: shop %d, change %d, entry %s", seed, shop, change, entry)
                .isTrue();
            assertThat(fixture.fill(key, change)).isEqualTo(Fill.EVICTED);
          });
    }
  }

  @Test
  void nothingIsMissedWhileWorkersComeAndGo() {
    long seed = System.nanoTime();
    System.out.println("RebalanceIT seed " + seed);
    try (WorkerFixture fixture = new WorkerFixture(4)) {
      Traffic traffic = new Traffic(fixture, seed);
      ConfigurableApplicationContext first = fixture.start();
      traffic.run(500);
      ConfigurableApplicationContext second = fixture.start(Map.of("freshcut.worker.threads", 2));
      traffic.run(500);
      eventually().until(() -> positions(first) > 0 && positions(second) > 0);
      eventually().until(() -> positions(first) + positions(second) == 14);
      traffic.run(500);
      traffic.nothingIsStale(seed);

      fixture.stop(first);
      traffic.run(500);
      eventually().until(() -> positions(second) == 14);
      traffic.run(500);
      traffic.nothingIsStale(seed);
    }
  }

  @Test
  void nothingIsMissedWhileRedisFallsBackUnderTwoWorkers() {
    long seed = System.nanoTime();
    System.out.println("RebalanceIT seed " + seed);
    try (WorkerFixture fixture = new WorkerFixture(4)) {
      Traffic traffic = new Traffic(fixture, seed);
      fixture.start();
      fixture.start();
      for (int round = 0; round < 3; round++) {
        traffic.run(300);
        SERVERS.redis().save();
        traffic.run(300);
        SERVERS.redis().stop();
        SERVERS.redis().start();
        traffic.nothingIsStale(seed);
      }
    }
  }
}
