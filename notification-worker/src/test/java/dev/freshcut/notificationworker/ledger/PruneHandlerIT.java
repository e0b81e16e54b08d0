package dev.freshcut.notificationworker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.embeddedstack.TestServers;
import dev.freshcut.jobstreams.Outcome;
import dev.freshcut.notificationworker.TestAttempt;
import dev.freshcut.notificationworker.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** As the worker's role, which may delete from its ledgers. */
class PruneHandlerIT {
  private static final TestServers SERVERS = TestServers.shared();
  private static final int OLD = 2 * PruneHandler.BATCH + 7;

  private final TestDatabase database =
      new TestDatabase(SERVERS.postgres(), SERVERS.freshDatabase());
  private final PruneHandler handler =
      new PruneHandler(
          JdbcClient.create(database.worker()), Duration.ofDays(180), Clock.systemUTC());
  private int looks;

  @BeforeEach
  void entries() {
    long location = database.location("Fade", "UTC");
    long webhook =
        database
            .sql()
            .sql(
                """
                INSERT INTO webhooks (location_id, url, events, secret)
                  VALUES (?, 'https://example.org/hook', '{appointment.created}', '\\x0102')
                  RETURNING id
                """)
            .param(location)
            .query(Long.class)
            .single();
    for (String age : new String[] {"181 days", "179 days"}) {
      database
          .sql()
          .sql(
              """
              INSERT INTO notifications (id, location_id, kind, channel, state, created_at)
                SELECT 'n' || i || :age, :location, 'reminder', 'email', 'failed',
                  now() - CAST(:age AS interval) FROM generate_series(1, :count) AS i
              """)
          .param("age", age)
          .param("location", location)
          .param("count", OLD)
          .update();
      database
          .sql()
          .sql(
              """
              INSERT INTO webhook_deliveries
                (id, webhook_id, location_id, event, state, created_at)
                VALUES (:age, :webhook, :location, 'appointment.created', 'failed',
                  now() - CAST(:age AS interval))
              """)
          .param("age", age)
          .param("webhook", webhook)
          .param("location", location)
          .update();
    }
  }

  private Outcome run(int batches) {
    looks = 0;
    return handler.run(new PruneJob(), new TestAttempt("prune", 1, () -> looks++ >= batches));
  }

  private String left() {
    return database
        .sql()
        .sql(
            """
            SELECT count(*) FILTER (WHERE created_at < now() - interval '180 days') || ' old, '
                || count(*) FILTER (WHERE created_at > now() - interval '180 days') || ' young'
              FROM (SELECT created_at FROM notifications
                UNION ALL SELECT created_at FROM webhook_deliveries) AS entries
            """)
        .query(String.class)
        .single();
  }

  @Test
  void whatIsOldGoes() {
    assertThat(run(Integer.MAX_VALUE)).isEqualTo(Outcome.done("deleted " + (OLD + 1) + " entries"));
    assertThat(left()).isEqualTo("0 old, " + (OLD + 1) + " young");
    assertThat(run(Integer.MAX_VALUE)).isEqualTo(Outcome.done("deleted 0 entries"));
  }

  /** Whoever began first may note it last. */
  @Test
  void oneThatIsYoungAmongTheOldEndsNothing() {
    database
        .sql()
        .sql(
            """
            UPDATE notifications SET created_at = now()
              WHERE number = (SELECT min(number) + 3 FROM notifications)
            """)
        .update();
    assertThat(run(Integer.MAX_VALUE)).isEqualTo(Outcome.done("deleted " + OLD + " entries"));
    assertThat(left()).startsWith("0 old, ");
  }

  @Test
  void whatItsTimeDoesNotSufficeForIsTheNextOnes() {
    assertThat(run(1)).isEqualTo(Outcome.done("deleted " + PruneHandler.BATCH + " entries"));
    assertThat(left()).startsWith((OLD + 1 - PruneHandler.BATCH) + " old, ");
    run(Integer.MAX_VALUE);
    assertThat(left()).startsWith("0 old, ");
  }
}
