package dev.freshcut.notificationworker;

import static dev.freshcut.notificationworker.WorkerFixture.SERVERS;
import static dev.freshcut.notificationworker.WorkerFixture.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.notificationworker.consuming.Consumption;
import dev.freshcut.sharedevents.control.Gap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Servers that go away and come back. */
@ExtendWith({SharedWorker.class, OutputCaptureExtension.class})
class OutageIT {
  private final WorkerFixture fixture;
  private final TestDatabase database;
  private final Shop shop;

  OutageIT(WorkerFixture fixture) {
    this.fixture = fixture;
    this.database = fixture.database;
    this.shop = new Shop(fixture, ZoneId.of("UTC"));
  }

  /** Also after a failure, as others need them. */
  @AfterEach
  void startAll() {
    SERVERS.redis().start();
    SERVERS.kafka().start();
    SERVERS.postgres().start();
  }

  private long booked(int number) {
    return shop.booked(shop.inDays(3 + number));
  }

  private void awaitConfirmed(List<Long> appointments) {
    List<String> wanted = appointments.stream().map(id -> "confirmed:" + id + ":1:email").toList();
    eventually()
        .untilAsserted(
            () -> assertThat(fixture.email.ids()).containsExactlyInAnyOrderElementsOf(wanted));
  }

  private static void awaitTrouble(ConfigurableApplicationContext worker) {
    eventually().until(() -> worker.getBean(Consumption.class).trouble() != null);
    assertThat(health(worker)).contains("DOWN");
  }

  @Test
  void whatIsChangedMeanwhileIsToldOfOnceAfterwards() {
    ConfigurableApplicationContext worker = fixture.worker();
    long first = booked(1);
    fixture.stream();
    awaitConfirmed(List.of(first));

    long withoutPostgres = booked(2);
    SERVERS.postgres().stop();
    fixture.stream();
    awaitTrouble(worker);
    SERVERS.postgres().start();
    database.reconnect();
    awaitConfirmed(List.of(first, withoutPostgres));

    fixture.saveRedis();
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
    eventually().untilAsserted(() -> assertThat(health(worker)).contains(word));
  }

  private static String health(ConfigurableApplicationContext worker) {
    return get(worker, "/actuator/health/changes").body();
  }

  private static HttpResponse<String> get(ConfigurableApplicationContext worker, String path) {
    String port = worker.getEnvironment().getProperty("local.server.port");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsNotThereIsAProblemOfTheAskersOnly(CapturedOutput log) {
    for (String path : List.of("/nothing", "/jobs/notifications/pause")) {
      HttpResponse<String> answer = get(fixture.worker(), path);
      assertThat(answer.statusCode()).as(path).isBetween(404, 405);
      assertThat(answer.headers().firstValue("Content-Type"))
          .as(path)
          .hasValue("application/problem+json");
    }
    assertThat(log).doesNotContain("Request method", "PageNotFound", "/nothing");
  }

  /** Another worker goes on where the offsets are, which is before what was not stored. */
  @Test
  void aWorkerThatEndsMeanwhileLosesNothing() {
    ConfigurableApplicationContext worker = fixture.worker();
    long first = booked(1);
    fixture.stream();
    awaitConfirmed(List.of(first));
    fixture.saveRedis();
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
    long lost = booked(5);
    fixture.send(
        "control", 0, new String(new Gap(database.last().xid(), "a test").toJson(), UTF_8), null);
    eventually()
        .untilAsserted(
            () ->
                assertThat(fixture.scheduled("email").keySet())
                    .filteredOn(id -> id.startsWith("reminder:" + lost + ":"))
                    .hasSize(2));
  }
}
