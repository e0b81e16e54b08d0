package dev.freshcut.invalidationworker;

import static dev.freshcut.invalidationworker.WorkerFixture.count;
import static dev.freshcut.invalidationworker.WorkerFixture.eventually;
import static dev.freshcut.invalidationworker.WorkerFixture.health;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.coherentcache.CacheListener;
import dev.freshcut.coherentcache.CacheSettings;
import dev.freshcut.coherentcache.RedisCoherence;
import dev.freshcut.coherentcache.model.CacheModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** What operators see. */
class OperationsIT {
  private static final String DAY = "2026-11-23";

  private static String get(ConfigurableApplicationContext worker, String path)
      throws IOException, InterruptedException {
    String port = worker.getEnvironment().getProperty("local.server.port");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void healthAndMetricsTellHowFarInvalidationHasCome() throws Exception {
    try (WorkerFixture fixture = new WorkerFixture()) {
      ConfigurableApplicationContext worker = fixture.start();
      fixture.filled(fixture.item(1, DAY, "a"), 100);
      fixture.changes.created(1, DAY, "a", 100);
      fixture.changes.beat(Instant.now(), 101, 100);
      fixture.evicted(fixture.item(1, DAY, "a"));
      eventually()
          .untilAsserted(
              () ->
                  assertThat(get(worker, "/actuator/health/invalidation"))
                      .contains("\"status\":\"UP\"", "\"state\":\"RUNNING\"", "\"xid\":101"));
      assertThat(get(worker, "/actuator/health/invalidation"))
          .contains("\"watermark\":", "\"lagMillis\":", fixture.prefix + ".public.items-0");
      assertThat(get(worker, "/actuator/prometheus"))
          .contains(
              "freshcut_invalidation_changes_total{outcome=\"evicted\",table=\"public.items\"} 1.0",
              "freshcut_invalidation_evictions_total",
              "freshcut_invalidation_entries_evicted_total 1.0",
              "freshcut_invalidation_lag_seconds_bucket",
              "freshcut_invalidation_watermark_age_seconds",
              "freshcut_invalidation_paused 0.0");
    }
  }

  @Test
  void otherModelsOnTheSameRedisAreTold() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      CacheModel other =
          CacheModel.parse(
              "other.yml",
              """
              version: 1
              tables:
                public.items:
                  shop: integer
              families:
                others:
                  key: "others:{shop}"
                  scope: shop
                  ttl: 5m
              rules:
                - table: public.items
                  evict: ["others:{shop}"]
              """);
      CacheSettings defaults = CacheSettings.defaults();
      CacheSettings settings =
          new CacheSettings(
              fixture.namespace,
              defaults.redisTimeout(),
              defaults.evictTimeout(),
              defaults.maxLoadTime(),
              defaults.lease(),
              defaults.watermarkBound(),
              defaults.maxValueBytes(),
              defaults.maxKeyBytes(),
              false);
      try (RedisCoherence reader =
          new RedisCoherence(
              fixture.redisson, other, settings, CacheListener.NONE, Clock.systemUTC())) {
        reader.registerModel();
        // Its first look finds them; MonitorTest is about later ones.
        ConfigurableApplicationContext worker = fixture.launch(Map.of());
        eventually()
            .untilAsserted(
                () -> assertThat(health(worker).getDetails()).containsKey("modelMismatches"));
      }
    }
  }

  @Test
  void expiredEntriesAreSweptFromTheIndexes() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      ConfigurableApplicationContext worker = fixture.start();
      fixture.filled(fixture.item(1, DAY, "a"), 100);
      // As if it had expired.
      fixture
          .redisson
          .getKeys()
          .getKeysStream()
          .filter(k -> k.contains(fixture.namespace))
          .filter(k -> k.endsWith(DAY + ":a"))
          .forEach(k -> fixture.redisson.getKeys().delete(k));
      Instant start = Instant.now();
      // The horizon becomes old enough by the database's clock.
      fixture.changes.beat(start, 101, 100);
      eventually().until(() -> fixture.coherence.watermarks().read().isPresent());
      fixture.changes.beat(start.plusSeconds(10), 102, 101);
      eventually().until(() -> count(worker, "swept", "what", "member") >= 1);
    }
  }

  @Test
  void aModelThatIsWrongStopsTheStartAndSaysWhere(@TempDir Path directory) throws IOException {
    Path model = Files.writeString(directory.resolve("model.yml"), "version: 9\n");
    assertThatThrownBy(
            () ->
                InvalidationWorkerApplication.start(
                    Map.of("server.port", 0, "freshcut.worker.model", model)))
        .rootCause()
        .hasMessageContaining(model + ":1: ");
  }
}
