package dev.freshcut.cdcconnector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.cdcconnector.lifecycle.ConnectorHealthIndicator;
import dev.freshcut.cdcconnector.postgres.Problem;
import dev.freshcut.cdcconnector.postgres.Requirements;
import dev.freshcut.cdcconnector.postgres.Session;
import dev.freshcut.cdcconnector.settings.ConnectorSettings;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** Each thing that the database can lack has its own message, and mending it is enough. */
class RequirementsIT {
  private final ConnectorFixture fixture = new ConnectorFixture();

  @AfterEach
  void close() {
    // What belongs to the server and not to the test's database.
    fixture.stopConnectors();
    fixture.database.execute(
        "ALTER ROLE freshcut_cdc REPLICATION",
        "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
            + " WHERE slot_type = 'physical' AND slot_name = '%s'".formatted(fixture.prefix));
    fixture.close();
  }

  @Test
  void aWellPreparedDatabaseHasNoProblems() throws Exception {
    assertThat(check()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DROP PUBLICATION freshcut"
            + "| publication freshcut does not exist."
            + " Mend: CREATE PUBLICATION freshcut FOR TABLE public.items, public.cdc_heartbeat",
        "ALTER PUBLICATION freshcut SET (publish = 'insert, update, delete')"
            + "| publication freshcut leaves out some operations, whose changes would be lost."
            + " Mend: ALTER PUBLICATION freshcut SET (publish = 'insert, update, delete, truncate')",
        "ALTER PUBLICATION freshcut DROP TABLE items"
            + "| publication freshcut lacks table public.items, whose changes would be lost."
            + " Mend: ALTER PUBLICATION freshcut ADD TABLE public.items",
        "ALTER PUBLICATION freshcut DROP TABLE cdc_heartbeat"
            + "| publication freshcut lacks table public.cdc_heartbeat, whose changes would be lost."
            + " Mend: ALTER PUBLICATION freshcut ADD TABLE public.cdc_heartbeat",
        "ALTER PUBLICATION freshcut SET TABLE items WHERE (id > 5), cdc_heartbeat"
            + "| publication freshcut filters rows or columns of table public.items, whose changes"
            + " would be lost. Mend: drop the table from the publication and add it without WHERE"
            + " and column list",
        "ALTER PUBLICATION freshcut SET TABLE items (id), cdc_heartbeat"
            + "| publication freshcut filters rows or columns of table public.items, whose changes"
            + " would be lost. Mend: drop the table from the publication and add it without WHERE"
            + " and column list",
        "ALTER TABLE items REPLICA IDENTITY DEFAULT"
            + "| table public.items has no full replica identity, so that old rows would come"
            + " incomplete. Mend: ALTER TABLE public.items REPLICA IDENTITY FULL",
        "ALTER TABLE items DROP CONSTRAINT items_pkey"
            + "| table public.items has no primary key, which orders the changes of a row."
            + " Mend: ALTER TABLE public.items ADD PRIMARY KEY (…)",
        "DROP TABLE items"
            + "| table public.items does not exist."
            + " Mend: create it, or take it out of freshcut.connector.tables",
        "ALTER TABLE items RENAME TO \"Items\""
            + "| table public.items does not exist."
            + " Mend: create it, or take it out of freshcut.connector.tables",
        "DROP TABLE items; CREATE TABLE items (id bigint PRIMARY KEY) PARTITION BY RANGE (id);"
            + " CREATE TABLE items_1 PARTITION OF items FOR VALUES FROM (1) TO (9);"
            + " ALTER TABLE items REPLICA IDENTITY FULL; ALTER PUBLICATION freshcut ADD TABLE items;"
            + " ALTER PUBLICATION freshcut SET (publish_via_partition_root)"
            + "| table public.items is partitioned or no table, so that its replica identity is not"
            + " the rows'. Mend: name its partitions in freshcut.connector.tables instead",
        "ALTER TABLE cdc_heartbeat DROP COLUMN horizon"
            + "| heartbeat table public.cdc_heartbeat lacks a column. Mend: give it id int PRIMARY"
            + " KEY, beat_at timestamptz, xid bigint, horizon bigint",
        "REVOKE UPDATE ON cdc_heartbeat FROM freshcut_cdc"
            + "| role freshcut_cdc may not UPDATE on heartbeat table public.cdc_heartbeat."
            + " Mend: GRANT UPDATE ON public.cdc_heartbeat TO freshcut_cdc",
        "ALTER ROLE freshcut_cdc NOREPLICATION"
            + "| role freshcut_cdc may not use replication slots."
            + " Mend: ALTER ROLE freshcut_cdc REPLICATION",
        "SELECT pg_create_physical_replication_slot('%s')"
            + "| replication slot %s is of another plugin or database."
            + " Mend: set freshcut.connector.database.slot to another name"
      })
  void everyProblemHasItsMessage(String damage, String message) throws Exception {
    fixture.database.execute(damage.formatted(fixture.prefix));

    assertThat(check())
        .extracting(Problem::toString)
        .containsExactly(message.formatted(fixture.prefix));
  }

  /** RDS and Aurora have no other way to give the right. */
  @Test
  void aMemberOfRdsReplicationMayUseSlots() throws Exception {
    fixture.database.execute(
        "CREATE ROLE rds_replication",
        "GRANT rds_replication TO freshcut_cdc",
        "ALTER ROLE freshcut_cdc NOREPLICATION");
    try {
      assertThat(check()).isEmpty();
    } finally {
      fixture.database.execute("DROP ROLE rds_replication");
    }
  }

  @Test
  void itWaitsUntilTheProblemIsMended() {
    fixture.database.execute("ALTER TABLE items REPLICA IDENTITY DEFAULT");
    ConfigurableApplicationContext context = fixture.start();
    var health = context.getBean(ConnectorHealthIndicator.class);
    Health blocked = ConnectorFixture.awaitBlocked(context, "REPLICA IDENTITY FULL");
    assertThat(blocked.getStatus()).isEqualTo(Status.DOWN);

    fixture.database.execute("ALTER TABLE items REPLICA IDENTITY FULL");

    ConnectorFixture.awaitStreaming(context);
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
  }

  private List<Problem> check() throws SQLException {
    ConnectorSettings settings = fixture.boundSettings();
    try (Session session = new Session(settings.database())) {
      return new Requirements(session, settings).check();
    }
  }
}
