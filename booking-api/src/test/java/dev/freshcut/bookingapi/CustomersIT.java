package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Customers: their location's to see and to change, one row each however they book. */
class CustomersIT {
  private static final String PATH = "/api/v1/customers";
  private static ApiFixture api;
  private Shop shop;
  private TestUser barber;
  private TestUser owner;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
    barber = TestUser.barber(api, shop);
    owner = TestUser.owner(api, shop);
  }

  private long note(String name, String email, String phone) {
    Reply made =
        barber.post(
            PATH,
            """
            {"name": "%s", "email": "%s", "phone": "%s"}
            """
                .formatted(name, email, phone));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(made.header("ETag")).isEqualTo("\"1\"");
    assertThat(made.header("Location")).isEqualTo(PATH + "/" + made.json().path("id").asLong());
    assertThat(made.json().path("registered").asBoolean()).isFalse();
    return made.json().path("id").asLong();
  }

  @Test
  void searchIsByPrefixOfNameEmailAndPhone() {
    long zoe = note("Zoë Martin", "zm@example.org", "+33 1 23 45 67");
    long zack = note("Zack_Dubois", "dubois@example.org", "01 23 45 67");
    note("Other", "other%@example.org", "+44 20 1234");

    assertThat(found("search=zo%C3%AB")).containsExactly(zoe);
    assertThat(found("search=Z")).containsExactly(zoe, zack);
    assertThat(found("search=ZM@")).containsExactly(zoe);
    assertThat(found("search=%2B33-123")).containsExactly(zoe);
    assertThat(found("search=012")).containsExactly(zack);
    assertThat(found("search=zack_d")).containsExactly(zack);
    for (String none : List.of("%25", "_", "artin", "4567", "z%25")) {
      assertThat(found("search=" + none)).as(none).isEmpty();
    }
    assertThat(found("registered=true")).isEmpty();
    assertThat(found("registered=false&limit=2")).containsExactly(zoe, zack);
    assertThat(found("anonymised=true")).isEmpty();
  }

  private List<Long> found(String query) {
    Reply page = barber.get(PATH + "?" + query);
    assertThat(page.status()).as(page.toString()).isEqualTo(200);
    return ids(page);
  }

  private static List<Long> ids(Reply page) {
    return page.json().path("items").valueStream().map(item -> item.path("id").asLong()).toList();
  }

  @Test
  void listIsPaged() {
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(note("Customer " + i, "c" + i + "@example.org", "112"));
    }
    Reply first = barber.get(PATH + "?limit=3");
    Reply second =
        barber.get(PATH + "?limit=3&cursor=" + first.json().path("nextCursor").asString());

    List<Long> seen = new ArrayList<>(ids(first));
    seen.addAll(ids(second));
    assertThat(seen).isEqualTo(all);
    assertThat(second.json().has("nextCursor")).isFalse();
  }

  @Test
  void emailIsOfOneCustomerOnly() {
    long id = note("Zoë", "zoe@example.org", "112");
    long other = note("Ann", "ann@example.org", "112");

    AppointmentsIT.assertProblem(
        barber.post(PATH, "{\"name\": \"Z\", \"email\": \"ZOE@example.org\"}"),
        409,
        "customer-exists");
    AppointmentsIT.assertProblem(
        barber.patch(PATH + "/" + other, "{\"email\": \"zoe@Example.org\"}"),
        409,
        "customer-exists");
    assertThat(barber.patch(PATH + "/" + id, "{\"email\": \"Zoe@example.org\"}").status())
        .isEqualTo(200);
  }

  @Test
  void changeIsBasedOnWhatWasSeen() {
    String path = PATH + "/" + note("Zoë", "zoe@example.org", "112");

    Reply changed =
        api.send(
            api.request(path, "Authorization", "Bearer " + barber.token(), "If-Match", "\"1\"")
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"phone\": \"113\"}")));

    assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    assertThat(changed.header("ETag")).isEqualTo("\"2\"");
    assertThat(changed.json().path("name").asString()).isEqualTo("Zoë");
    assertThat(changed.json().path("phone").asString()).isEqualTo("113");
    for (String method : List.of("PATCH", "DELETE")) {
      AppointmentsIT.assertProblem(
          api.send(
              api.request(path, "If-Match", "\"1\"")
                  .header("Content-Type", "application/json")
                  .method(method, HttpRequest.BodyPublishers.ofString("{\"phone\": \"114\"}"))),
          412,
          "precondition-failed");
    }
    assertThat(barber.get(path).json()).isEqualTo(changed.json());
  }

  @Test
  void othersAreNotThere() {
    long id = note("Zoë", "zoe@example.org", "112");
    Shop elsewhere = Shop.open(api.sql(), "Europe/Paris");
    for (TestUser other :
        List.of(TestUser.owner(api, elsewhere), TestUser.barber(api, elsewhere))) {
      AppointmentsIT.assertProblem(other.get(PATH + "/" + id), 404, "customer-not-found");
      AppointmentsIT.assertProblem(
          other.patch(PATH + "/" + id, "{\"name\": \"X\"}"), 404, "customer-not-found");
      AppointmentsIT.assertProblem(
          other.get(PATH + "?location=" + shop.id()), 404, "location-not-found");
      AppointmentsIT.assertProblem(
          other.post(
              PATH,
              "{\"locationId\": %d, \"name\": \"X\", \"email\": \"x@y.example\"}"
                  .formatted(shop.id())),
          404,
          "location-not-found");
    }
    AppointmentsIT.assertProblem(
        TestUser.client(api).get(PATH + "/" + id), 404, "customer-not-found");
    AppointmentsIT.assertProblem(api.get(PATH), 400, "invalid-request");
    AppointmentsIT.assertProblem(
        delete(TestUser.owner(api, elsewhere), id), 404, "customer-not-found");
    assertThat(barber.get(PATH + "/" + id).json().path("version").asLong()).isOne();
  }

  @Test
  void clientsSeeThemselvesAndKeepTheirProfiles() {
    TestUser client = TestUser.client(api);
    note("Zoë", "zoe@example.org", "112");
    assertThat(ids(client.get(PATH))).isEmpty();
    assertThat(book(client, "10:00").status()).isEqualTo(201);

    Reply own = client.get(PATH);

    assertThat(ids(own)).hasSize(1);
    assertThat(own.json().at("/items/0/registered").asBoolean()).isTrue();
    long id = ids(own).getFirst();
    assertThat(client.get(PATH + "/" + id).json().path("email").asString())
        .isEqualTo(client.email());
    AppointmentsIT.assertProblem(
        owner.patch(PATH + "/" + id, "{\"name\": \"X\"}"), 409, "customer-fixed");
    assertThat(ids(barber.get("/api/v1/appointments?customer=" + id))).hasSize(1);
    assertThat(ids(barber.get("/api/v1/appointments?customer=" + (id + 1)))).isEmpty();
  }

  @Test
  void anonymisedCustomersKeepTheirAppointments() {
    LocalDate past = shop.day(-3);
    long id = note("Zoë", "zoe@example.org", "112");
    api.sql()
        .sql(
            """
            WITH made AS (
              INSERT INTO appointments (location_id, barber_id, service_id, customer_id, starts_at)
              VALUES (?, ?, ?, ?, ?::timestamptz) RETURNING location_id, id)
            INSERT INTO appointment_notes (location_id, appointment_id, note)
            SELECT location_id, id, 'Zoë likes it short' FROM made
            """)
        .params(shop.id(), shop.anna(), shop.cut(), id, shop.at(past, "10:00"))
        .update();
    Reply coming = barber.post("/api/v1/appointments", booking("12:00"));
    assertThat(coming.json().path("customerId").asLong()).isEqualTo(id);
    AppointmentsIT.assertProblem(delete(owner, id), 409, "customer-expected");
    barber.post(coming.header("Location") + "/cancel", "");

    Reply gone = delete(owner, id);

    assertThat(gone.status()).as(gone.toString()).isEqualTo(200);
    assertThat(gone.json().path("anonymised").asBoolean()).isTrue();
    assertThat(gone.json().path("name").asString()).isEqualTo("Anonymised");
    assertThat(gone.json().path("email").asString())
        .isEqualTo("customer-%d@anonymised.invalid".formatted(id));
    assertThat(gone.json().has("phone")).isFalse();
    // Not the phone's few digits: a time may have them.
    assertThat(gone.response().body()).doesNotContain("Zo", "example.org");
    assertThat(delete(owner, id).json()).isEqualTo(gone.json());
    assertThat(found("")).isEmpty();
    assertThat(found("anonymised=true")).containsExactly(id);
    assertThat(
            api.sql()
                .sql(
                    """
                    SELECT count(*) AS all, count(note) AS noted
                    FROM appointments LEFT JOIN appointment_notes ON appointment_id = id
                    WHERE customer_id = ?
                    """)
                .param(id)
                .query()
                .singleRow()
                .values())
        .containsExactly(2L, 0L);
    AppointmentsIT.assertProblem(
        barber.patch(PATH + "/" + id, "{\"name\": \"X\"}"), 409, "customer-fixed");
    assertThat(barber.post("/api/v1/appointments", booking("13:00")).json().path("customerId"))
        .as("who comes again is another customer")
        .isNotEqualTo(gone.json().path("id"));
  }

  /** Such addresses are nobody's, and staff may write them down as any other. */
  @Test
  void nobodyIsInTheWayOfWhoIsToBeForgotten() {
    long id = note("Zoë", "zoe@example.org", "1129");
    String address = "customer-%d@anonymised.invalid".formatted(id);
    long other = note("Ann", address, "112");

    assertThat(delete(owner, id).status()).isEqualTo(200);

    assertThat(delete(owner, other).status()).isEqualTo(200);
    Reply booked =
        barber.post("/api/v1/appointments", booking("12:00").replace("zoe@example.org", address));
    assertThat(booked.status()).as(booked.toString()).isEqualTo(201);
    assertThat(booked.json().path("customerId").asLong())
        .as("who is anonymised gets no appointments")
        .isGreaterThan(other);
  }

  private static Reply delete(TestUser user, long id) {
    return api.send(api.request(PATH + "/" + id, user.header()).DELETE());
  }

  private String booking(String time) {
    return shop.booking(shop.anna(), shop.day(3), time);
  }

  private Reply book(TestUser client, String time) {
    String body = booking(time);
    return client.post(
        "/api/v1/appointments",
        body.substring(0, body.lastIndexOf(",", body.indexOf("customer"))) + "}");
  }

  /** Everybody is at the door of a shop that knows none of them. */
  @Test
  void firstBookingsAtOnceMakeOneCustomer() throws Exception {
    TestUser client = TestUser.client(api);
    List<String> times = List.of("09:00", "10:00", "11:00", "12:00", "13:00", "14:00");
    CyclicBarrier barrier = new CyclicBarrier(2 * times.size());
    List<Reply> replies = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> sent = new ArrayList<>();
      for (String time : times) {
        sent.add(
            executor.submit(
                () -> {
                  barrier.await();
                  return book(client, time);
                }));
        sent.add(
            executor.submit(
                () -> {
                  barrier.await();
                  return barber.post(
                      "/api/v1/appointments", shop.booking(shop.ben(), shop.day(3), time));
                }));
      }
      for (Future<Reply> each : sent) {
        replies.add(each.get());
      }
    }

    assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(201));
    assertThat(replies.stream().map(reply -> reply.json().path("customerId").asLong()).distinct())
        .hasSize(2);
  }

  @Test
  void bookingOfAnAccountThatIsGoneIsRefused() {
    TestUser client = TestUser.client(api);
    // What is cached of her, as the rest of this test's evictions, is nobody's to evict here.
    assertThat(client.get("/api/v1/me").status()).isEqualTo(200);
    api.sql().sql("DELETE FROM users WHERE id = ?").param(client.id()).update();

    AppointmentsIT.assertProblem(book(client, "10:00"), 404, "user-not-found");
  }
}
