package dev.freshcut.notificationworker;

import static dev.freshcut.notificationworker.WorkerFixture.SERVERS;
import static dev.freshcut.notificationworker.WorkerFixture.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.consuming.Consumption;
import dev.freshcut.sharedevents.control.Gap;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;

/** Servers that go away and come back. */
class OutageIT {
  private final WorkerFixture fixture = new WorkerFixture();
  private final TestDatabase database = fixture.database;
  private final long location = database.location("Fade", "UTC");
  private final long service = database.service(location);

  @AfterEach
  void close() {
    fixture.close();
  }

  private long booked(int number) {
    Instant startsAt =
        fixture
            .clock
            .instant()
            .truncatedTo(ChronoUnit.DAYS)
            .plus(Duration.ofHours(24L * (3 + number) + 12));
    long customer = database.customer(location, "c" + number);
    return database.appointment(
        location, database.barber(location), service, customer, startsAt, "confirmed");
  }

  private void awaitConfirmed(List<Long> appointments) {
    List<String> wanted = appointments.stream().map(id -> "confirmed:" + id + ":1:email").toList();
    eventually()
        .untilAsserted(
            () -> assertThat(fixture.email.ids()).containsExactlyInAnyOrderElementsOf(wanted));
  }

  private static void awaitTrouble(ConfigurableApplicationContext worker) {
    eventually().until(() -> worker.getBean(Consumption.class).trouble() != null);
    var health = worker.getBean("changesHealth", HealthIndicator.class).health();
    assertThat(String.valueOf(health)).contains("DOWN");
  }

  @Test
  void whatIsChangedMeanwhileIsToldOfOnceAfterwards() {
    ConfigurableApplicationContext worker = fixture.start();
    long first = booked(1);
    fixture.stream();
    awaitConfirmed(List.of(first));

    long withoutPostgres = booked(2);
    SERVERS.postgres().stop();
    fixture.stream();
    awaitTrouble(worker);
    SERVERS.postgres().start();
    awaitConfirmed(List.of(first, withoutPostgres));
    // The test's own connections ended, too, and it may have been too fast for its pool to look.
    eventually()
        .ignoreExceptions()
        .until(() -> database.sql().sql("SELECT true").query(Boolean.class).single());

    SERVERS.redis().save();
    SERVERS.redis().stop();
    long withoutRedis = booked(3);
    fixture.stream();
    awaitTrouble(worker);
    SERVERS.redis().start();
    awaitConfirmed(List.of(first, withoutPostgres, withoutRedis));

    SERVERS.kafka().stop();
    awaitHealth(worker, "Kafka");
    long withoutKafka = booked(4);
    SERVERS.kafka().start();
    fixture.stream();
    awaitConfirmed(List.of(first, withoutPostgres, withoutRedis, withoutKafka));
    assertThat(worker.getBean(Consumption.class).trouble()).isNull();
    awaitHealth(worker, "UP");
  }

  private static void awaitHealth(ConfigurableApplicationContext worker, String word) {
    HealthIndicator health = worker.getBean("changesHealth", HealthIndicator.class);
    eventually().untilAsserted(() -> assertThat(String.valueOf(health.health())).contains(word));
  }

  /** Another worker goes on where the offsets are, which is before what was not stored. */
  @Test
  void aWorkerThatEndsMeanwhileLosesNothing() {
    ConfigurableApplicationContext worker = fixture.start();
    long first = booked(1);
    fixture.stream();
    awaitConfirmed(List.of(first));
    SERVERS.redis().save();
    SERVERS.redis().stop();
    long second = booked(2);
    fixture.stream();
    awaitTrouble(worker);
    fixture.stop(worker);
    SERVERS.redis().start();
    fixture.start();
    awaitConfirmed(List.of(first, second));
  }

  /** What the stream lost is found by looking at every appointment. */
  @Test
  void aGapPlansEverythingAnew() {
    fixture.start();
    long lost = booked(5);
    fixture.send(
        "control", 0, new String(new Gap(database.last().xid(), "a test").toJson(), UTF_8), null);
    eventually()
        .untilAsserted(
            () ->
                assertThat(fixture.scheduled("email").keySet())
                    .hasSize(2)
                    .allMatch(id -> id.startsWith("reminder:" + lost + ":")));
  }
}
