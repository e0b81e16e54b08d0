package dev.freshcut.invalidationworker;

import static dev.freshcut.invalidationworker.WorkerFixture.SERVERS;
import static dev.freshcut.invalidationworker.WorkerFixture.count;
import static dev.freshcut.invalidationworker.WorkerFixture.eventually;
import static dev.freshcut.invalidationworker.WorkerFixture.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.model.CacheKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** Servers that go away: nothing is skipped, and work goes on by itself. */
class OutageIT {
  private static final String DAY = "2026-11-23";

  private static List<CacheKey> filled(WorkerFixture fixture, int shops) {
    List<CacheKey> keys = new ArrayList<>();
    for (int shop = 1; shop <= shops; shop++) {
      CacheKey key = fixture.item(shop, DAY, "a");
      fixture.filled(key, 100);
      keys.add(key);
    }
    return keys;
  }

  /** Waits until the worker is paused, and returns why it says it is. */
  private static String paused(ConfigurableApplicationContext worker) {
    Health health = WorkerFixture.paused(worker);
    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getDetails()).containsKey("reason");
    return String.valueOf(health.getDetails().get("reason"));
  }

  private static void running(ConfigurableApplicationContext worker) {
    eventually().untilAsserted(() -> assertThat(state(worker)).isEqualTo("RUNNING"));
  }

  @Test
  void whileRedisIsAwayNothingIsSkipped() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      ConfigurableApplicationContext worker = fixture.start();
      List<CacheKey> keys = filled(fixture, 10);
      SERVERS.redis().save();
      SERVERS.redis().stop();
      for (int shop = 1; shop <= 10; shop++) {
        fixture.changes.created(shop, DAY, "b", 100 + shop);
      }
      assertThat(paused(worker)).isNotBlank();
      SERVERS.redis().start();
      keys.forEach(fixture::evicted);
      running(worker);
    }
  }

  @Test
  void aWorkerThatStartsWithoutRedisWaitsForIt() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      SERVERS.redis().stop();
      ConfigurableApplicationContext worker = fixture.launch(Map.of());
      assertThat(paused(worker)).isNotBlank();
      SERVERS.redis().start();
      running(worker);
      List<CacheKey> keys = filled(fixture, 1);
      fixture.changes.created(1, DAY, "b", 100);
      keys.forEach(fixture::evicted);
    }
  }

  @Test
  void whileKafkaIsAwayItSaysSoAndThenGoesOn() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      ConfigurableApplicationContext worker = fixture.start();
      List<CacheKey> keys = filled(fixture, 1);
      SERVERS.kafka().stop();
      assertThat(paused(worker)).contains("Kafka");
      SERVERS.kafka().start();
      running(worker);
      fixture.changes.created(1, DAY, "b", 100);
      keys.forEach(fixture::evicted);
    }
  }

  @Test
  void whileTheDeadLetterTopicTakesNothingNothingIsSkipped() throws Exception {
    try (WorkerFixture fixture = new WorkerFixture()) {
      String topic = fixture.prefix + ".dead-letter";
      fixture
          .admin
          .createTopics(
              List.of(
                  new NewTopic(topic, 1, (short) 1).configs(Map.of("max.message.bytes", "100"))))
          .all()
          .get();
      ConfigurableApplicationContext worker = fixture.start();
      CacheKey key = fixture.item(1, DAY, "a");
      fixture.filled(key, 100);

      fixture.changes.send("public.items", "{]", 100L);
      assertThat(paused(worker)).contains(topic);
      assertThat(count(worker, "dead.letters")).isZero();

      limit(fixture, topic, 100_000);
      fixture.evicted(key);
      running(worker);
      eventually().untilAsserted(() -> assertThat(fixture.records("dead-letter")).hasSize(1));
      assertThat(count(worker, "dead.letters")).isEqualTo(1);
    }
  }

  @Test
  void aLetterThatIsTooLargeGoesWithoutItsValue() throws Exception {
    try (WorkerFixture fixture = new WorkerFixture()) {
      fixture.topics(1, "dead-letter");
      limit(fixture, fixture.prefix + ".dead-letter", 5_000);
      ConfigurableApplicationContext worker = fixture.start();
      CacheKey key = fixture.item(1, DAY, "a");
      fixture.filled(key, 100);

      fixture.changes.send("public.items", "{]" + "x".repeat(10_000), 100L);

      fixture.evicted(key);
      eventually().untilAsserted(() -> assertThat(fixture.records("dead-letter")).hasSize(1));
      var letter = fixture.records("dead-letter").get(0);
      assertThat(letter.value()).isNull();
      assertThat(letter.headers().lastHeader("freshcut.dead-letter.omitted-bytes").value())
          .asString()
          .isEqualTo("10002");
      running(worker);
    }
  }

  private static void limit(WorkerFixture fixture, String topic, int bytes)
      throws ExecutionException, InterruptedException {
    fixture
        .admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("max.message.bytes", "" + bytes),
                        AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }
}
