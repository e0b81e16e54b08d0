package dev.freshcut.cdcconnector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.cdcconnector.TopicReader.Read;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HeartbeatIT {
  private final ConnectorFixture fixture = new ConnectorFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void heartbeatsCarryTheTransactionAndTheHorizon() {
    fixture.startStreaming();

    List<Read> beats = awaitHeartbeats(5);
    long previous = 0;
    for (Read beat : beats) {
      JsonNode row = beat.json().path("after");
      assertThat(row.path("id").asInt()).isEqualTo(1);
      assertThat(row.path("xid").asLong()).isEqualTo(beat.xid()).isGreaterThan(previous);
      assertThat(row.path("horizon").asLong()).isPositive().isLessThanOrEqualTo(beat.xid());
      assertThat(row.path("beat_at").asString()).endsWith("Z");
      previous = beat.xid();
    }
    assertThat(fixture.database.number("SELECT count(*) FROM cdc_heartbeat")).isEqualTo(1);
  }

  /**
   * The broker stamps records as it appends them. Small producer batches make many requests of one
   * engine batch, so that without the wait a heartbeat would overtake changes on other partitions.
   */
  @Test
  void aHeartbeatFollowsEveryChangeCommittedBeforeIt() {
    Map<String, String> appendTime = Map.of("message.timestamp.type", "LogAppendTime");
    fixture.createTopic(fixture.topic("items"), 3, appendTime);
    fixture.createTopic(fixture.topic("cdc_heartbeat"), 1, appendTime);
    Map<String, Object> settings = fixture.settings();
    settings.put("freshcut.connector.stream.heartbeat-interval", "100ms");
    settings.put("freshcut.connector.kafka.producer.batch.size", "2000");
    // A backlog is streamed in full batches, heartbeats of other writers in between.
    ConnectorFixture.awaitStreaming(fixture.start(settings));
    fixture.stopConnectors();
    for (int i = 0; i < 20; i++) {
      fixture.database.execute(
          "INSERT INTO items SELECT %d + g, 'n', repeat('x', 200) FROM generate_series(1, 500) g"
              .formatted(i * 500),
          // The connector may have been stopped before its first.
          "INSERT INTO cdc_heartbeat (id, beat_at) VALUES (1, clock_timestamp())"
              + " ON CONFLICT (id) DO UPDATE SET beat_at = excluded.beat_at");
    }
    ConnectorFixture.awaitStreaming(fixture.start(settings));
    List<Read> items = fixture.awaitItems(10_000);

    List<Read> beats = fixture.topics.read(fixture.topic("cdc_heartbeat"));
    int compared = 0;
    for (Read beat : beats) {
      long committed = commit(beat);
      for (Read item : items) {
        if (commit(item) < committed) {
          assertThat(item.timestamp())
              .as("change of xid %s, heartbeat of xid %s", item.xid(), beat.xid())
              .isLessThanOrEqualTo(beat.timestamp());
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(10_000);
  }

  /** An idle connector would otherwise keep all WAL that tables it does not capture produce. */
  @Test
  void theSlotAdvancesWhileOnlyForeignTablesAreWritten() {
    fixture.startStreaming();
    fixture.awaitAdvance();
    for (int round = 0; round < 3; round++) {
      fixture.database.execute(
          "INSERT INTO foreign_items (payload) SELECT repeat(md5(g::text), 30) FROM"
              + " generate_series(1, 5000) g");
      long written =
          fixture.database.number("SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint");

      Awaitility.await()
          .atMost(ConnectorFixture.PATIENCE)
          .untilAsserted(() -> assertThat(fixture.confirmed()).isGreaterThanOrEqualTo(written));
    }
    assertThat(fixture.items()).isEmpty();
  }

  private static long commit(Read read) {
    return read.json().path("source").path("ts_us").asLong();
  }

  private List<Read> awaitHeartbeats(int atLeast) {
    return Awaitility.await()
        .atMost(ConnectorFixture.PATIENCE)
        .until(
            () -> fixture.topics.read(fixture.topic("cdc_heartbeat")),
            beats -> beats.size() >= atLeast);
  }
}
