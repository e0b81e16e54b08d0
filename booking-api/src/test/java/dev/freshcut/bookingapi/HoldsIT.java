package dev.freshcut.bookingapi;

import static dev.freshcut.bookingapi.AppointmentsIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HoldsIT {
  private static final String APPOINTMENTS = "/api/v1/appointments";
  private static final String HOLDS = "/api/v1/holds";
  private static final String CUSTOMER =
      "{\"customer\": {\"name\": \"Zoë\", \"email\": \"zoe@example.org\"}, \"note\": \"short\"}";
  private static ApiFixture api;
  private Shop shop;
  private LocalDate day;

  @BeforeAll
  static void start() {
    api = new ApiFixture();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
    day = shop.day(3);
  }

  /** Tests of one operator, who may have few holds at a time. */
  @AfterEach
  void release() {
    api.sql().sql("DELETE FROM appointments WHERE status = 'held'").update();
  }

  @Test
  void heldTimeIsNobodyElses() {
    assertThat(offered()).contains("10:00");

    Reply hold = hold("10:00");

    assertThat(hold.status()).as(hold.toString()).isEqualTo(201);
    assertThat(hold.json().path("status").asString()).isEqualTo("held");
    assertThat(offered()).doesNotContain("10:00", "10:30").contains("09:00", "11:00");
    assertProblem(book("10:00"), 409, "slot-taken");
    assertProblem(hold("10:00"), 409, "slot-taken");
    assertProblem(api.get(APPOINTMENTS + "/" + id(hold)), 404, "appointment-not-found");
    assertProblem(
        api.post(APPOINTMENTS + "/" + id(hold) + "/cancel", ""), 404, "appointment-not-found");
  }

  @Test
  void releasedTimeIsFree() {
    Reply hold = hold("10:00");

    Reply released = api.post(HOLDS + "/" + id(hold) + "/release", "");
    Reply again = api.post(HOLDS + "/" + id(hold) + "/release", "");

    assertThat(released.json().path("status").asString()).isEqualTo("expired");
    assertThat(again.json()).isEqualTo(released.json());
    assertThat(offered()).contains("10:00");
    assertThat(book("10:00").status()).isEqualTo(201);
    assertProblem(consume(hold), 404, "hold-not-found");
  }

  @Test
  void consumedHoldIsAnAppointment() {
    Reply hold = hold("10:00");

    Reply made = consume(hold);

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(made.json().path("id")).isEqualTo(hold.json().path("id"));
    assertThat(made.json().path("status").asString()).isEqualTo("confirmed");
    assertThat(api.get(made.header("Location")).json()).isEqualTo(made.json());
    assertProblem(consume(hold), 404, "hold-not-found");
    assertProblem(api.post(HOLDS + "/" + id(hold) + "/release", ""), 404, "hold-not-found");
  }

  @Test
  void expiredHoldIsNoObstacleAndNoPromise() {
    Reply hold = hold("10:00");
    expire(hold);

    assertProblem(consume(hold), 404, "hold-not-found");
    assertThat(book("10:00").status()).isEqualTo(201);
  }

  @Test
  void sweeperGivesTheTimeBack() {
    Reply hold = hold("10:00");
    assertThat(offered()).doesNotContain("10:00");
    expire(hold);

    await().atMost(Duration.ofSeconds(30)).until(() -> offered().contains("10:00"));
    assertThat(status(hold)).isEqualTo("expired");
  }

  @Test
  void holdKeepsToTheRulesOfBooking() {
    assertProblem(hold("08:00"), 422, "outside-working-hours");
    assertProblem(
        api.post(
            HOLDS,
            "{\"locationId\": 999999, \"serviceId\": 1, \"startsAt\": \"%s\"}"
                .formatted(shop.at(day, "10:00"))),
        404,
        "location-not-found");
  }

  @Test
  void holdIsItsMakersAlone() {
    TestUser client = TestUser.client(api);
    TestUser other = TestUser.client(api);
    Reply hold =
        client.post(
            HOLDS,
            "{\"locationId\": %d, \"serviceId\": %d, \"startsAt\": \"%s\"}"
                .formatted(shop.id(), shop.cut(), shop.at(day, "10:00")));
    String path = HOLDS + "/" + id(hold);

    assertProblem(other.post(path + "/appointment", "{}"), 404, "hold-not-found");
    assertProblem(other.post(path + "/release", ""), 404, "hold-not-found");
    assertProblem(consume(hold), 404, "hold-not-found");
    Reply made = client.post(path + "/appointment", "{}");
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(client.get(made.header("Location")).status()).isEqualTo(200);
    assertProblem(other.get(made.header("Location")), 404, "appointment-not-found");
  }

  /** PostgreSQL knows ROC as a name of Asia/Taipei; Java does not. */
  @Test
  void zoneThatJavaLacksIsNoReasonToKeepAnybodysTime() {
    Shop other = Shop.open(api.sql(), "Asia/Taipei");
    Reply lost =
        api.post(
            HOLDS,
            "{\"locationId\": %d, \"serviceId\": %d, \"startsAt\": \"%s\"}"
                .formatted(other.id(), other.cut(), other.at(other.day(3), "10:00")));
    Reply hold = hold("10:00");
    api.sql().sql("ALTER TABLE locations DROP CONSTRAINT locations_time_zone_form").update();
    try {
      api.sql()
          .sql("UPDATE locations SET time_zone = 'ROC' WHERE id = ?")
          .param(other.id())
          .update();
      expire(lost);
      expire(hold);

      await().atMost(Duration.ofSeconds(30)).until(() -> status(hold).equals("expired"));
      await().atMost(Duration.ofSeconds(30)).until(() -> status(lost).equals("expired"));
    } finally {
      api.sql()
          .sql("UPDATE locations SET time_zone = 'Asia/Taipei' WHERE id = ?")
          .param(other.id())
          .update();
    }
  }

  @Test
  void userHasFewHoldsAtATime() {
    TestUser client = TestUser.client(api);
    List<Reply> held =
        Stream.of("09:00", "10:00", "11:00", "12:00", "13:00")
            .map(time -> hold(client, time))
            .toList();
    assertThat(held).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(201));

    assertProblem(hold(client, "14:00"), 409, "too-many-holds");
    assertThat(hold(TestUser.client(api), "14:00").status()).isEqualTo(201);
    client.post(HOLDS + "/" + id(held.get(0)) + "/release", "");
    assertThat(hold(client, "15:00").status()).isEqualTo(201);
    expire(held.get(1));
    assertThat(hold(client, "16:00").status()).isEqualTo(201);
    assertProblem(hold(client, "09:00"), 409, "too-many-holds");
  }

  @Test
  void holdsThatAreMadeTogetherAreCountedToo() throws Exception {
    TestUser client = TestUser.client(api);
    List<Callable<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String time = "%02d:00".formatted(9 + i % 8);
      long barber = i < 8 ? shop.anna() : shop.ben();
      calls.add(() -> client.post(HOLDS, body(barber, time)));
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> each : executor.invokeAll(calls)) {
        replies.add(each.get());
      }
      assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(5);
      assertThat(replies)
          .filteredOn(reply -> reply.status() != 201)
          .allSatisfy(reply -> assertProblem(reply, 409, "too-many-holds"));
    }
  }

  @Test
  void holdsThatHaveBeenOverForADayAreDeleted() {
    Reply old = hold("10:00");
    Reply young = hold("12:00");
    api.sql()
        .sql(
            """
            UPDATE appointments SET status = 'expired',
              hold_expires_at = now() - CASE id WHEN :old THEN interval '25 hours'
                ELSE interval '23 hours' END
            WHERE id IN (:old, :young)
            """)
        .param("old", id(old))
        .param("young", id(young))
        .update();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ids().contains(id(young)) && !ids().contains(id(old)));
    assertProblem(api.post(HOLDS + "/" + id(old) + "/release", ""), 404, "hold-not-found");
  }

  @Test
  void holdIsNoLongerHersWhoNoLongerWorksThere() {
    TestUser barber = TestUser.barber(api, shop);
    Shop other = Shop.open(api.sql(), "Europe/Paris");
    String path = HOLDS + "/" + id(hold(barber, "10:00"));

    become(barber, "owner", other.id());
    assertProblem(barber.post(path + "/appointment", CUSTOMER), 404, "hold-not-found");
    assertProblem(barber.post(path + "/release", ""), 404, "hold-not-found");
    // As a client she would have had to keep the shop's notice.
    become(barber, "client", null);
    assertProblem(barber.post(path + "/appointment", "{}"), 404, "hold-not-found");
    become(barber, "owner", shop.id());
    assertThat(barber.post(path + "/appointment", CUSTOMER).status()).isEqualTo(201);

    TestUser client = TestUser.client(api);
    String clients = HOLDS + "/" + id(hold(client, "12:00"));
    become(client, "barber", shop.id());
    assertProblem(client.post(clients + "/appointment", CUSTOMER), 404, "hold-not-found");
  }

  private static void become(TestUser user, String role, @Nullable Long location) {
    Reply changed =
        api.send(
            api.request("/api/v1/users/" + user.id())
                .header("Content-Type", "application/json")
                .method(
                    "PATCH",
                    BodyPublishers.ofString(
                        "{\"role\": \"%s\", \"locationId\": %s}".formatted(role, location))));
    assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
  }

  private static List<Long> ids() {
    return api.sql().sql("SELECT id FROM appointments").query(Long.class).list();
  }

  private Reply hold(TestUser user, String time) {
    return user.post(HOLDS, body(shop.anna(), time));
  }

  private String body(long barber, String time) {
    return "{\"locationId\": %d, \"barberId\": %d, \"serviceId\": %d, \"startsAt\": \"%s\"}"
        .formatted(shop.id(), barber, shop.cut(), shop.at(day, time));
  }

  private void expire(Reply hold) {
    api.sql()
        .sql("UPDATE appointments SET hold_expires_at = now() WHERE id = ?")
        .param(id(hold))
        .update();
  }

  private String status(Reply hold) {
    return api.sql()
        .sql("SELECT status FROM appointments WHERE id = ?")
        .param(id(hold))
        .query(String.class)
        .single();
  }

  private static long id(Reply hold) {
    return hold.json().path("id").asLong();
  }

  private Reply hold(String time) {
    return api.post(HOLDS, body(shop.anna(), time));
  }

  private static Reply consume(Reply hold) {
    return api.post(HOLDS + "/" + id(hold) + "/appointment", CUSTOMER);
  }

  private Reply book(String time) {
    return api.post(APPOINTMENTS, shop.booking(shop.anna(), day, time));
  }

  private List<String> offered() {
    return api.get(shop.slots(day, shop.anna()))
        .json()
        .path("slots")
        .valueStream()
        .map(HoldsIT::time)
        .toList();
  }

  private static String time(JsonNode slot) {
    return slot.path("startsAt").asString().substring(11, 16);
  }
}
