package dev.freshcut.bookingapi;

import static dev.freshcut.bookingapi.AppointmentsIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whose appointments are whose. */
class OwnershipIT {
  private static final String PATH = "/api/v1/appointments";
  private static ApiFixture api;
  private Shop shop;
  private Shop elsewhere;
  private LocalDate day;
  private TestUser client;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
    elsewhere = Shop.open(api.sql(), "America/New_York");
    day = shop.day(3);
    client = TestUser.client(api);
  }

  @Test
  void clientBooksForHerselfWithHerProfile() {
    client.patch("/api/v1/me", "{\"name\": \"Zoë B\", \"phone\": \"112\"}");

    Reply made = client.post(PATH, forHerself("10:00"));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(customer(made))
        .containsEntry("name", "Zoë B")
        .containsEntry("email", client.email())
        .containsEntry("phone", "112")
        .containsEntry("user_id", client.id());
    assertThat(client.get(made.header("Location")).json()).isEqualTo(made.json());
    assertThat(made.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void clientIsOneCustomerOfALocationWhoseNameFollowsHers() {
    long first = client.post(PATH, forHerself("10:00")).json().path("customerId").asLong();
    client.patch("/api/v1/me", "{\"name\": \"Renamed\"}");

    Reply second = client.post(PATH, forHerself("12:00"));

    assertThat(second.json().path("customerId").asLong()).isEqualTo(first);
    assertThat(customer(second)).containsEntry("name", "Renamed");
  }

  @Test
  void clientMovesAndCancelsHerOwn() {
    Reply made = client.post(PATH, forHerself("10:00"));

    assertThat(client.post(made.header("Location") + "/move", to("12:00")).status()).isEqualTo(200);
    assertThat(client.post(made.header("Location") + "/cancel", "").status()).isEqualTo(200);
  }

  @Test
  void othersAppointmentsAreNotThere() {
    Reply made = client.post(PATH, forHerself("10:00"));
    List<TestUser> strangers =
        List.of(
            TestUser.client(api), TestUser.barber(api, elsewhere), TestUser.owner(api, elsewhere));

    for (TestUser stranger : strangers) {
      assertProblem(stranger.get(made.header("Location")), 404, "appointment-not-found");
      assertProblem(
          stranger.post(made.header("Location") + "/move", to("12:00")),
          404,
          "appointment-not-found");
      assertProblem(
          stranger.post(made.header("Location") + "/cancel", ""), 404, "appointment-not-found");
    }
    assertThat(client.get(made.header("Location")).json()).isEqualTo(made.json());
  }

  @Test
  void staffOfTheLocationAndOperatorsSeeAndChangeAll() {
    for (TestUser staff :
        List.of(TestUser.barber(api, shop), TestUser.owner(api, shop), TestUser.operator(api))) {
      Reply made = client.post(PATH, forHerself("10:00"));
      assertThat(made.status()).as(made.toString()).isEqualTo(201);
      assertThat(staff.get(made.header("Location")).status()).isEqualTo(200);
      assertThat(staff.post(made.header("Location") + "/move", to("12:00")).status())
          .isEqualTo(200);
      assertThat(staff.post(made.header("Location") + "/cancel", "").status()).isEqualTo(200);
      assertThat(actions(staff)).containsExactly("appointment.move", "appointment.cancel");
    }
    assertThat(actions(client)).isEmpty();
  }

  @Test
  void staffSeeWhoComesAndBothSeeTheNote() {
    client.patch("/api/v1/me", "{\"name\": \"Zoë B\", \"phone\": \"112\"}");
    Reply made =
        client.post(
            PATH, forHerself("10:00").replace("\"barberId\"", "\"note\": \"short\", \"barberId\""));
    String path = made.header("Location");
    String list = PATH + "?location=" + shop.id();

    assertThat(made.json().has("customer")).isFalse();
    for (Reply own : List.of(made, client.get(path), client.post(path + "/move", to("12:00")))) {
      assertThat(own.json().path("note").asString()).as(own.toString()).isEqualTo("short");
      assertThat(own.json().has("customer")).as(own.toString()).isFalse();
    }
    assertThat(client.get(list).json().at("/items/0").has("customer")).isFalse();
    for (TestUser staff : List.of(TestUser.barber(api, shop), TestUser.operator(api))) {
      for (JsonNode seen : List.of(staff.get(path).json(), staff.get(list).json().at("/items/0"))) {
        assertThat(seen.at("/customer/id")).isEqualTo(made.json().path("customerId"));
        assertThat(seen.at("/customer/name").asString()).isEqualTo("Zoë B");
        assertThat(seen.at("/customer/email").asString()).isEqualTo(client.email());
        assertThat(seen.at("/customer/phone").asString()).isEqualTo("112");
        assertThat(seen.path("note").asString()).isEqualTo("short");
      }
    }
  }

  @Test
  void clientSaysNobodyElseComes() {
    Reply reply = client.post(PATH, shop.booking(shop.anna(), day, "10:00"));

    assertProblem(reply, 400, "invalid-request");
    assertThat(reply.errorFields()).containsExactly("customer");
  }

  @Test
  void staffSayWhoComesAtTheirOwnLocation() {
    TestUser barber = TestUser.barber(api, shop);

    assertThat(barber.post(PATH, forHerself("10:00")).errorFields()).containsExactly("customer");
    assertProblem(
        barber.post(PATH, elsewhere.booking(elsewhere.anna(), day, "10:00")), 403, "forbidden");
    assertThat(barber.post(PATH, shop.booking(shop.anna(), day, "10:00")).status()).isEqualTo(201);
    assertThat(actions(barber)).containsExactly("appointment.create");
  }

  /** Nobody has shown that the email is hers. */
  @Test
  void emailThatStaffNotedMakesNobodyTheCustomer() {
    Reply made =
        TestUser.barber(api, shop)
            .post(
                PATH,
                shop.booking(shop.anna(), day, "10:00").replace("zoe@example.org", client.email()));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertProblem(client.get(made.header("Location")), 404, "appointment-not-found");

    Reply own = client.post(PATH, forHerself("12:00"));
    assertThat(own.json().path("customerId")).isNotEqualTo(made.json().path("customerId"));
    assertProblem(client.get(made.header("Location")), 404, "appointment-not-found");
  }

  private String forHerself(String time) {
    return """
    {"locationId": %d, "barberId": %d, "serviceId": %d, "startsAt": "%s"}
    """
        .formatted(shop.id(), shop.anna(), shop.cut(), shop.at(day, time));
  }

  private String to(String time) {
    return "{\"startsAt\": \"%s\"}".formatted(shop.at(day, time));
  }

  private static Map<String, Object> customer(Reply appointment) {
    return api.sql()
        .sql("SELECT * FROM customers WHERE id = ?")
        .param(appointment.json().path("customerId").asLong())
        .query()
        .singleRow();
  }

  private static List<String> actions(TestUser user) {
    return api.sql()
        .sql("SELECT action FROM audit_log WHERE user_id = ? ORDER BY id")
        .param(user.id())
        .query(String.class)
        .list();
  }
}
