package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 64 clients at two instances, all of whom want each of 20 slots. */
class RaceIT {
  private static final int CLIENTS = 64;
  private static final int SLOTS = 20;
  private static ApiFixture api;
  private static ConfigurableApplicationContext second;

  @BeforeAll
  static void start() {
    api = new ApiFixture();
    second = BookingApiApplication.start(ApiFixture.settings(api.database(), Map.of()));
  }

  @AfterAll
  static void stop() {
    second.close();
    api.close();
  }

  @Test
  void eachSlotOfABarberHasOneWinner() throws Exception {
    Shop shop = shop();
    List<String> bodies = bodies(shop, String.valueOf(shop.anna()), SLOTS);

    Map<String, List<Reply>> replies = race(bodies);

    assertThat(replies).hasSize(SLOTS);
    replies.values().forEach(each -> assertWinners(each, 1));
    assertThat(booked(shop)).isEqualTo(SLOTS);
  }

  @Test
  void eachSlotOfAnyBarberHasAsManyWinnersAsBarbers() throws Exception {
    Shop shop = shop();
    List<String> bodies = bodies(shop, "null", SLOTS / 2);

    Map<String, List<Reply>> replies = race(bodies);

    assertThat(replies).hasSize(SLOTS / 2);
    replies.values().forEach(each -> assertWinners(each, 2));
    assertThat(booked(shop)).isEqualTo(SLOTS);
    assertThat(
            api.sql()
                .sql(
                    """
                    SELECT count(*) FROM appointments WHERE location_id = ?
                    GROUP BY barber_id ORDER BY 1
                    """)
                .param(shop.id())
                .query(Long.class)
                .list())
        .containsExactly(SLOTS / 2L, SLOTS / 2L);
  }

  /** Of 15 minutes without buffers, from 09:00. */
  private static Shop shop() {
    Shop shop = Shop.open(api.sql(), "Europe/Paris");
    api.sql()
        .sql("UPDATE services SET duration_minutes = 15, buffer_after_minutes = 0 WHERE id = ?")
        .param(shop.cut())
        .update();
    return shop;
  }

  private static List<String> bodies(Shop shop, String barber, int slots) {
    LocalDate day = shop.day(5);
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < slots; i++) {
      String time = "%02d:%02d".formatted(9 + i / 4, i % 4 * 15);
      bodies.add(
          shop.booking(shop.anna(), day, time)
              .replace("\"barberId\": " + shop.anna(), "\"barberId\": " + barber));
    }
    return bodies;
  }

  private static void assertWinners(List<Reply> replies, int winners) {
    assertThat(replies).hasSize(CLIENTS);
    assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(winners);
    assertThat(replies)
        .filteredOn(reply -> reply.status() != 201)
        .allSatisfy(
            reply -> {
              AppointmentsIT.assertProblem(reply, 409, "slot-taken");
              assertThat(reply.json().path("alternatives").size()).isBetween(1, 5);
            });
  }

  private static long booked(Shop shop) {
    return api.bean(JdbcClient.class)
        .sql("SELECT count(*) FROM appointments WHERE location_id = ? AND occupies_time(status)")
        .param(shop.id())
        .query(Long.class)
        .single();
  }

  /** Each client wants each slot, in an order of her own; by the slot's body. */
  private static Map<String, List<Reply>> race(List<String> bodies) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(CLIENTS);
    Map<String, List<Reply>> bySlot = new HashMap<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = HttpClient.newHttpClient()) {
      List<Callable<Map<String, Reply>>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        clients.add(
            () -> {
              barrier.await();
              Map<String, Reply> replies = new HashMap<>();
              for (int j = 0; j < bodies.size(); j++) {
                String body = bodies.get((j + number) % bodies.size());
                replies.put(body, post(client, number % 2 == 0, body));
              }
              return replies;
            });
      }
      for (Future<Map<String, Reply>> each : executor.invokeAll(clients)) {
        each.get()
            .forEach(
                (body, reply) -> bySlot.computeIfAbsent(body, b -> new ArrayList<>()).add(reply));
      }
    }
    return bySlot;
  }

  private static Reply post(HttpClient client, boolean first, String body) throws Exception {
    int port =
        first
            ? api.port()
            : Objects.requireNonNull(((ServletWebServerApplicationContext) second).getWebServer())
                .getPort();
    return new Reply(
        client.send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/v1/appointments"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + api.operator())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString()));
  }
}
