package dev.freshcut.cdcconnector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.cdcconnector.TopicReader.Read;
import dev.freshcut.cdcconnector.lifecycle.ConnectorState;
import dev.freshcut.cdcconnector.lifecycle.ConnectorStatus;
import dev.freshcut.sharedevents.control.Gap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Whatever happens to the slot or to the stored position: lost changes end in a gap. */
class GapIT {
  private final ConnectorFixture fixture = new ConnectorFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theFirstStartIsAGapAndARestartIsNone() {
    long before = fixture.database.transaction("INSERT INTO items (id) VALUES (1)");
    fixture.startStreaming();
    Gap gap = awaitGaps(1).getFirst();
    assertThat(gap.reason()).startsWith("first start");
    assertThat(gap.xid()).isGreaterThanOrEqualTo(before);

    for (int restart = 2; restart < 4; restart++) {
      restartAndInsert(restart);
    }

    assertThat(fixture.items()).extracting(Read::key).contains("{\"id\":2}", "{\"id\":3}");
    assertThat(gaps()).hasSize(1);
  }

  @Test
  void aDroppedSlotIsAGap() {
    long lost = loseAChangeWhileStopped("SELECT pg_drop_replication_slot('%s')");

    fixture.startStreaming();

    assertThat(awaitGaps(2).get(1))
        .satisfies(gap -> assertThat(gap.reason()).contains("was gone"))
        .satisfies(gap -> assertThat(gap.xid()).isGreaterThanOrEqualTo(lost));
    assertThatTheStreamGoesOn(3);
  }

  /** Postgres takes up at the slot's own position, silently. */
  @Test
  void aSlotThatSomeoneMadeAnewIsAGap() {
    long lost =
        loseAChangeWhileStopped(
            "SELECT pg_drop_replication_slot('%1$s');"
                + " SELECT pg_create_logical_replication_slot('%1$s', 'pgoutput')");

    fixture.startStreaming();

    assertThat(awaitGaps(2).get(1))
        .satisfies(gap -> assertThat(gap.reason()).contains("ahead of the stored position"))
        .satisfies(gap -> assertThat(gap.xid()).isGreaterThanOrEqualTo(lost));
    assertThatTheStreamGoesOn(3);
  }

  @Test
  void aSlotThatSomeoneAdvancedIsAGap() {
    loseAChangeWhileStopped("SELECT pg_replication_slot_advance('%s', pg_current_wal_lsn())");

    fixture.startStreaming();

    assertThat(awaitGaps(2).get(1).reason()).contains("ahead of the stored position");
    assertThatTheStreamGoesOn(3);
  }

  @Test
  void aSlotThatLostItsWalIsAGap() {
    loseAChangeWhileStopped("SELECT '%s'");
    fixture.database.execute("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'");
    fixture.database.execute("SELECT pg_reload_conf()");
    try {
      Awaitility.await("the slot is lost")
          .atMost(ConnectorFixture.PATIENCE)
          .until(
              () -> {
                fixture.database.execute(
                    "INSERT INTO foreign_items (payload) SELECT repeat(md5(g::text), 30) FROM"
                        + " generate_series(1, 2000) g",
                    "SELECT pg_switch_wal()",
                    "CHECKPOINT");
                return fixture.database.query(
                    "SELECT wal_status FROM pg_replication_slots WHERE slot_name = '"
                        + fixture.prefix
                        + "'");
              },
              "lost"::equals);
    } finally {
      fixture.database.execute("ALTER SYSTEM RESET max_slot_wal_keep_size");
      fixture.database.execute("SELECT pg_reload_conf()");
    }

    fixture.startStreaming();

    assertThat(awaitGaps(2).get(1).reason()).contains("had lost WAL");
    assertThatTheStreamGoesOn(3);
  }

  /** As after restoring the database from a copy while Kafka went on. */
  @Test
  void aPositionAheadOfTheDatabaseIsAGap() {
    loseAChangeWhileStopped("SELECT '%s'");
    fixture.changePosition(value -> value.replaceAll("\"(lsn[a-z_]*)\":", "\"$1\":9999"));

    fixture.startStreaming();

    assertThat(awaitGaps(2).get(1).reason()).contains("must have been restored");
    assertThat(fixture.awaitItems(2)).extracting(Read::key).containsOnly("{\"id\":1}");
  }

  @Test
  void aMissingPositionIsAGapButLosesNothingThatTheSlotHolds() {
    fixture.startStreaming();
    fixture.awaitAdvance();
    fixture.stopConnectors();
    fixture.database.execute("INSERT INTO items (id) VALUES (7)");
    fixture.changePosition(value -> null);

    fixture.startStreaming();

    assertThat(awaitGaps(2).get(1).reason()).contains("no stored position");
    assertThat(fixture.awaitItems(1)).extracting(Read::key).containsOnly("{\"id\":7}");
  }

  @Test
  void aSlotThatIsDroppedUnderTheStreamIsAGap() {
    fixture.startStreaming();
    fixture.awaitAdvance();

    dropSlotInUse();

    assertThat(awaitGaps(2)).hasSizeGreaterThanOrEqualTo(2);
    assertThatTheStreamGoesOn(3);
  }

  /** Debezium, which would make a slot itself, may still be starting. */
  @Test
  void aSlotThatIsDroppedRightAfterTheStartIsAGap() {
    fixture.startStreaming();
    fixture.awaitAdvance();
    fixture.stopConnectors();

    fixture.startStreaming();
    dropSlotInUse();

    assertThat(awaitGaps(2)).hasSizeGreaterThanOrEqualTo(2);
    assertThatTheStreamGoesOn(3);
  }

  /** A gap that cannot be announced yet is not forgotten, and nothing overtakes it. */
  @Test
  void theStreamWaitsUntilTheGapIsAnnounced() {
    String control = fixture.prefix + ".control";
    fixture.createTopic(control, 1, Map.of("max.message.bytes", "10"));
    ConfigurableApplicationContext context = fixture.start();
    awaitFailures(context, 1);
    fixture.database.execute("INSERT INTO items (id) VALUES (1)");
    awaitFailures(context, 2);
    assertThat(fixture.recordCount()).isZero();

    fixture.configureTopic(control, "max.message.bytes", "100000");

    assertThat(awaitGaps(1)).hasSize(1);
    assertThat(fixture.awaitItems(1)).extracting(Read::key).containsOnly("{\"id\":1}");
  }

  /** Until something is stored, every attempt starts where the gap was announced. */
  @Test
  void aGapIsAnnouncedOnceHoweverOftenTheStreamFails() {
    String heartbeats = fixture.topic("cdc_heartbeat");
    fixture.createTopic(heartbeats, 1, Map.of("max.message.bytes", "10"));
    awaitFailures(fixture.start(), 3);

    fixture.configureTopic(heartbeats, "max.message.bytes", "100000");

    fixture.awaitAdvance();
    assertThatTheStreamGoesOn(1);
    assertThat(gaps()).hasSize(1);
  }

  /** The publication of the time of a change decides, so that a later mend does not bring it. */
  @Test
  void whatATableLostWhileItWasNotPublishedIsAGap() {
    long lost = loseAChangeWhileStopped("ALTER PUBLICATION freshcut DROP TABLE items --%s");
    fixture.database.execute("INSERT INTO items (id) VALUES (2)");
    ConnectorFixture.awaitState(fixture.start(), ConnectorState.BLOCKED);
    // The one that starts after the mend is another process.
    awaitForgotten();
    fixture.stopConnectors();
    fixture.database.execute("ALTER PUBLICATION freshcut ADD TABLE items");

    fixture.startStreaming();

    assertThat(awaitGaps(2).get(1))
        .satisfies(gap -> assertThat(gap.reason()).contains("no stored position"))
        .satisfies(gap -> assertThat(gap.xid()).isGreaterThan(lost));
    assertThatTheStreamGoesOn(3);
    assertThat(fixture.items()).extracting(Read::key).doesNotContain("{\"id\":2}");
  }

  @Test
  void aTableThatIsUnpublishedUnderTheStreamBlocksItAndIsAGap() {
    ConfigurableApplicationContext context = fixture.startStreaming();
    fixture.awaitAdvance();
    fixture.database.execute("ALTER PUBLICATION freshcut DROP TABLE items");
    long lost = fixture.database.transaction("INSERT INTO items (id) VALUES (1)");

    ConnectorFixture.awaitBlocked(context, "lacks table");
    fixture.database.execute("ALTER PUBLICATION freshcut ADD TABLE items");
    ConnectorFixture.awaitStreaming(context);

    assertThat(awaitGaps(2).get(1).xid()).isGreaterThanOrEqualTo(lost);
    assertThatTheStreamGoesOn(3);
    assertThat(gaps()).hasSize(2);
  }

  private void awaitForgotten() {
    String topic = fixture.prefix + ".connector-offsets";
    Awaitility.await("position forgotten")
        .atMost(ConnectorFixture.PATIENCE)
        .until(() -> fixture.topics.read(topic).getLast().value() == null);
  }

  private static void awaitFailures(ConfigurableApplicationContext context, int atLeast) {
    ConnectorStatus status = context.getBean(ConnectorStatus.class);
    Awaitility.await("failures")
        .atMost(ConnectorFixture.PATIENCE)
        .until(() -> status.failures() >= atLeast);
  }

  private void dropSlotInUse() {
    fixture.database.execute(
        """
        DO $$ DECLARE slot text := '%s'; BEGIN
          LOOP
            PERFORM pg_terminate_backend(active_pid, 5000) FROM pg_replication_slots
              WHERE slot_name = slot AND active;
            BEGIN
              PERFORM pg_drop_replication_slot(slot);
              EXIT;
            EXCEPTION WHEN object_in_use THEN NULL;
            END;
          END LOOP;
        END $$
        """
            .formatted(fixture.prefix));
  }

  private long loseAChangeWhileStopped(String sql) {
    fixture.startStreaming();
    awaitGaps(1);
    fixture.awaitAdvance();
    fixture.stopConnectors();
    fixture.database.execute("INSERT INTO items (id) VALUES (1)");
    long lost = fixture.database.transaction("UPDATE items SET name = 'lost'");
    fixture.database.execute(sql.formatted(fixture.prefix));
    return lost;
  }

  private void assertThatTheStreamGoesOn(int id) {
    fixture.database.execute("INSERT INTO items (id) VALUES (" + id + ")");
    awaitItem(id);
  }

  private void restartAndInsert(int id) {
    fixture.awaitAdvance();
    fixture.stopConnectors();
    fixture.database.execute("INSERT INTO items (id) VALUES (" + id + ")");
    fixture.startStreaming();
    awaitItem(id);
  }

  private void awaitItem(int id) {
    Awaitility.await()
        .atMost(ConnectorFixture.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(fixture.items()).extracting(Read::key).contains("{\"id\":" + id + "}"));
  }

  private List<Gap> gaps() {
    return fixture.topics.read(fixture.prefix + ".control").stream()
        .map(
            r ->
                Gap.parse(String.valueOf(r.value()).getBytes(StandardCharsets.UTF_8)).orElseThrow())
        .toList();
  }

  private List<Gap> awaitGaps(int count) {
    return Awaitility.await("gaps")
        .atMost(ConnectorFixture.PATIENCE)
        .until(this::gaps, gaps -> gaps.size() >= count);
  }
}
