package dev.freshcut.bookingapi;

import static dev.freshcut.bookingapi.AppointmentsIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
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
    return api.post(
        HOLDS,
        "{\"locationId\": %d, \"barberId\": %d, \"serviceId\": %d, \"startsAt\": \"%s\"}"
            .formatted(shop.id(), shop.anna(), shop.cut(), shop.at(day, time)));
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
