package dev.freshcut.notificationworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.notificationworker.TestDatabase.Captured;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All of a chain's customers are reminded in the same minute. */
class ManyRemindersIT {
  private static final int MANY = 10_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final WorkerFixture fixture = new WorkerFixture();
  private final TestDatabase database = fixture.database;

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void areAllSentOnce() {
    long location = database.location("Chain", "UTC");
    long service = database.service(location);
    Instant startsAt =
        fixture.clock.instant().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(3 * 24 + 14));
    database
        .sql()
        .sql(
            """
            WITH people AS (
              INSERT INTO customers (location_id, name, email)
                SELECT :location, 'c' || n, 'c' || n || '@example.org'
                  FROM generate_series(1, :many) AS n RETURNING id),
            chairs AS (
              INSERT INTO barbers (location_id, name)
                SELECT :location, 'b' || n FROM generate_series(1, :many) AS n RETURNING id)
            SELECT count(*) FROM people, (SELECT 1 FROM chairs LIMIT 1) AS one
            """)
        .param("location", location)
        .param("many", MANY)
        .query(Long.class)
        .single();
    database
        .sql()
        .sql(
            """
            INSERT INTO appointments
                (location_id, barber_id, service_id, customer_id, starts_at, status)
              SELECT :location, b.id, :service, c.id, :start, 'confirmed'
                FROM (SELECT id, row_number() OVER () AS n FROM barbers
                    WHERE location_id = :location) AS b
                  JOIN (SELECT id, row_number() OVER () AS n FROM customers
                    WHERE location_id = :location) AS c USING (n)
            """)
        .param("location", location)
        .param("service", service)
        .param("start", startsAt.atOffset(ZoneOffset.UTC))
        .update();
    List<Captured> changes =
        database
            .sql()
            .sql(
                "SELECT id, to_jsonb(a)::text AS row, xmin::text::bigint AS xid FROM appointments a")
            .query(
                (row, number) ->
                    new Captured(
                        "public.appointments",
                        "c",
                        row.getLong("id"),
                        null,
                        row.getString("row"),
                        row.getLong("xid"),
                        // Old news, so that nothing but reminders is made of it.
                        fixture.clock.instant().minus(Duration.ofDays(2))))
            .list();
    assertThat(changes).hasSize(MANY);
    fixture.start();
    long begin = System.nanoTime();
    fixture.stream(changes);
    await().atMost(PATIENCE).until(() -> fixture.status("email").scheduled() == 2L * MANY);
    long planned = System.nanoTime();

    fixture.pass(Duration.between(fixture.clock.instant(), startsAt.minus(Duration.ofDays(1))));
    await().atMost(PATIENCE).until(() -> fixture.email.asked() >= MANY);
    long sent = System.nanoTime();
    await().atMost(PATIENCE).until(() -> fixture.status("email").running() == 0);
    Set<String> once = new HashSet<>(fixture.email.ids());
    assertThat(once).hasSize(MANY);
    assertThat(fixture.email.sent()).hasSize(MANY);
    long ledger =
        database
            .sql()
            .sql("SELECT count(*) FROM notifications WHERE state = 'sent' AND attempts = 1")
            .query(Long.class)
            .single();
    assertThat(ledger).isEqualTo(MANY);
    System.out.printf(
        "printed: %,.0f appointments planned a second, %,.0f reminders due at once sent a second%n",
        MANY * 1e9 / (planned - begin), MANY * 1e9 / (sent - planned));
  }
}
