package dev.freshcut.invalidationworker;

import static dev.freshcut.invalidationworker.WorkerFixture.eventually;
import static dev.freshcut.invalidationworker.WorkerFixture.paused;
import static dev.freshcut.invalidationworker.WorkerFixture.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.Watermark;
import dev.freshcut.coherentcache.model.CacheKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A stream whose connector does not add the transaction id, such as Debezium's own. */
class WithoutHeadersIT {
  private static final String DAY = "2026-11-23";
  private static final long XID = (3L << 32) + 100;

  private static void created(WorkerFixture fixture) {
    fixture.changes.send(
        "public.items",
        Changes.envelope("public.items", "c", "null", Changes.item(1, DAY, "a", 1), XID),
        null);
  }

  @Test
  void changesWaitUntilAHeartbeatTellsTheEpoch() {
    try (WorkerFixture fixture = new WorkerFixture(1)) {
      ConfigurableApplicationContext worker = fixture.start();
      CacheKey key = fixture.item(1, DAY, "a");
      fixture.filled(key, XID);
      created(fixture);
      assertThat(paused(worker).getDetails().get("reason"))
          .asString()
          .contains("freshcut.worker.initial-xid");
      // Also while it tries again, once a second.
      eventually()
          .pollInterval(Duration.ofMillis(5))
          .during(Duration.ofSeconds(3))
          .until(() -> state(worker).equals("PAUSED"));
      assertThat(fixture.has(key)).isTrue();

      Instant at = Instant.now();
      fixture.changes.beat(at, XID + 1, XID);
      fixture.evicted(key);
      eventually().untilAsserted(() -> assertThat(state(worker)).isEqualTo("RUNNING"));
      eventually()
          .untilAsserted(
              () ->
                  assertThat(fixture.coherence.watermarks().read())
                      .map(Watermark::committedBefore)
                      .hasValue(at));
    }
  }

  @Test
  void theSettingTellsTheEpochToo() {
    try (WorkerFixture fixture = new WorkerFixture(1)) {
      fixture.start(Map.of("freshcut.worker.initial-xid", XID - 1_000_000));
      CacheKey key = fixture.item(1, DAY, "a");
      CacheKey fresh = fixture.item(1, DAY, "b");
      fixture.filled(key, XID);
      fixture.filled(fresh, XID + 1);
      created(fixture);
      fixture.evicted(key);
      assertThat(fixture.has(fresh)).isTrue();
    }
  }
}
