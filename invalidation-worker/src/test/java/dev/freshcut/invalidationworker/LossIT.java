package dev.freshcut.invalidationworker;

import static dev.freshcut.invalidationworker.WorkerFixture.count;
import static dev.freshcut.invalidationworker.WorkerFixture.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.Progress;
import dev.freshcut.coherentcache.Xid;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.sharedevents.control.Gap;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Changes that are lost end in a full eviction. */
class LossIT {
  private static final String DAY = "2026-11-23";

  private static void gap(WorkerFixture fixture, long xid) {
    fixture.changes.raw(fixture.prefix + ".control", 0, new Gap(xid, "test").toJson(), null);
  }

  @Test
  void anAnnouncedGapEvictsEverythingAtOnceAndAgain() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      // Long enough to look before the second time comes.
      ConfigurableApplicationContext worker =
          fixture.start(Map.of("freshcut.cache.max-load-time", "10s"));
      List<CacheKey> keys = List.of(fixture.item(1, DAY, "a"), fixture.total(2));
      keys.forEach(key -> fixture.filled(key, 100));
      CacheKey fresh = fixture.item(1, DAY, "b");
      fixture.filled(fresh, 501);

      gap(fixture, 500);
      keys.forEach(fixture::evicted);
      assertThat(fixture.has(fresh)).isTrue();
      // That it is owed is recorded after the entries have gone, and then it is counted.
      eventually().untilAsserted(() -> assertThat(owed(fixture)).hasSize(1));
      counted(worker, "announced");

      eventually().untilAsserted(() -> assertThat(owed(fixture)).isEmpty());
      assertThat(fixture.has(fresh)).isTrue();
    }
  }

  @Test
  void theSecondTimeSurvivesARestart() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      // So long that it can't be this worker's doing.
      ConfigurableApplicationContext worker =
          fixture.start(Map.of("freshcut.cache.max-load-time", "5m"));
      gap(fixture, 500);
      eventually().untilAsserted(() -> assertThat(owed(fixture)).hasSize(1));
      fixture.stop(worker);
      assertThat(owed(fixture)).hasSize(1);
      // As if the five minutes had passed.
      String name = owed(fixture).get(0);
      var unused = fixture.coherence.evictor().evict(List.of(), Progress.of(Map.of(name, "1")));

      fixture.start();
      eventually().untilAsserted(() -> assertThat(owed(fixture)).isEmpty());
    }
  }

  private static void counted(ConfigurableApplicationContext worker, String cause) {
    eventually()
        .untilAsserted(() -> assertThat(count(worker, "gaps", "cause", cause)).isEqualTo(1));
  }

  private static List<String> owed(WorkerFixture fixture) {
    return fixture.positions().keySet().stream()
        .filter(n -> n.contains("control-0:a500:"))
        .toList();
  }

  @Test
  void whatKafkaDeletedUnreadEvictsEverything() throws Exception {
    try (WorkerFixture fixture = new WorkerFixture()) {
      ConfigurableApplicationContext worker = fixture.start();
      fixture.changes.beat(Instant.now(), 400, 300);
      eventually().until(() -> fixture.coherence.watermarks().read().isPresent());
      fixture.stop(worker);
      CacheKey untouched = fixture.item(9, DAY, "a");
      fixture.filled(untouched, 400);
      CacheKey later = fixture.item(8, DAY, "a");
      fixture.filled(later, 450);

      TopicPartition lost = new TopicPartition(fixture.prefix + ".public.items", 0);
      fixture.changes.raw(lost.topic(), lost.partition(), new byte[0], 401);
      fixture.admin.deleteRecords(Map.of(lost, RecordsToDelete.beforeOffset(1))).all().get();

      worker = fixture.start();
      fixture.evicted(untouched);
      counted(worker, "retention");
      // Lost changes may have been of later transactions than were known then.
      assertThat(fixture.has(later)).isTrue();
      fixture.changes.beat(Instant.now().plusSeconds(5), 460, 460);
      fixture.evicted(later);
    }
  }

  @Test
  void aTopicMadeAnewEvictsEverything() throws Exception {
    try (WorkerFixture fixture = new WorkerFixture(1)) {
      ConfigurableApplicationContext worker = fixture.start();
      fixture.changes.beat(Instant.now(), 400, 300);
      for (int i = 0; i < 3; i++) {
        fixture.changes.created(1, DAY, "a", 350);
      }
      String items = fixture.prefix + ".public.items-0";
      eventually().untilAsserted(() -> assertThat(fixture.positions()).containsEntry(items, "3"));
      eventually().until(() -> fixture.coherence.watermarks().read().isPresent());
      fixture.stop(worker);
      CacheKey untouched = fixture.item(9, DAY, "a");
      fixture.filled(untouched, 400);
      String topic = fixture.prefix + ".public.items";
      fixture.admin.deleteTopics(List.of(topic)).all().get();
      eventually()
          .ignoreExceptions()
          .until(
              () -> {
                fixture.topics(1, "public.items");
                return true;
              });

      worker = fixture.start();
      fixture.evicted(untouched);
      counted(worker, "retention");
      CacheKey key = fixture.item(1, DAY, "a");
      fixture.filled(key, 600);
      fixture.changes.created(1, DAY, "a", 600);
      fixture.evicted(key);
    }
  }

  @Test
  void aControlMessageThatCannotBeReadIsTakenForAGap() {
    try (WorkerFixture fixture = new WorkerFixture()) {
      fixture.start();
      fixture.changes.beat(Instant.now(), 400, 300);
      eventually().until(() -> fixture.coherence.watermarks().read().isPresent());
      CacheKey key = fixture.item(1, DAY, "a");
      fixture.filled(key, 400);
      fixture.changes.raw(fixture.prefix + ".control", 0, new byte[] {'x'}, Xid.MAX);
      fixture.evicted(key);
      eventually().untilAsserted(() -> assertThat(fixture.records("dead-letter")).hasSize(1));
    }
  }
}
