package dev.freshcut.bookingapi;

import static dev.freshcut.bookingapi.AppointmentsIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client may have four appointments to come at a location here. */
class OpenAppointmentsIT {
  private static final String APPOINTMENTS = "/api/v1/appointments";
  private static final String HOLDS = "/api/v1/holds";
  private static final String SERIES = "/api/v1/series";
  private static final String CODE = "too-many-appointments";
  private static ApiFixture api;
  private Shop shop;
  private TestUser client;

  @BeforeAll
  static void start() {
    api = new ApiFixture(Map.of("freshcut.booking.open-appointments-per-client", 4));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
    client = TestUser.client(api);
  }

  @Test
  void clientHasFewAppointmentsToCome() {
    List<Reply> made = new ArrayList<>();
    for (int day = 1; day <= 4; day++) {
      made.add(book(client, shop, shop.anna(), day));
    }
    assertThat(made).allSatisfy(OpenAppointmentsIT::assertMade);

    assertProblem(book(client, shop, shop.anna(), 5), 409, CODE);
    assertThat(booked()).isEqualTo(4);
    assertMade(book(TestUser.client(api), shop, shop.anna(), 5));
    Shop other = Shop.open(api.sql(), "Asia/Tokyo");
    assertMade(book(client, other, other.anna(), 5));

    String first = made.getFirst().header("Location");
    assertThat(client.post(first + "/cancel", "").status()).isEqualTo(200);
    assertMade(book(client, shop, shop.ben(), 5));
    assertProblem(book(client, shop, shop.ben(), 6), 409, CODE);
  }

  @Test
  void whatIsPendingCountsAndWhatIsPastDoesNot() {
    api.sql()
        .sql("UPDATE booking_settings SET confirmation_required = true WHERE location_id = ?")
        .param(shop.id())
        .update();
    Reply past = book(client, shop, shop.anna(), 1);
    for (int day = 2; day <= 4; day++) {
      assertMade(book(client, shop, shop.anna(), day));
    }
    assertProblem(book(client, shop, shop.anna(), 5), 409, CODE);

    api.sql()
        .sql("UPDATE appointments SET starts_at = ?::timestamptz WHERE id = ?")
        .params(shop.at(shop.day(-1), "12:00"), id(past))
        .update();
    assertMade(book(client, shop, shop.anna(), 5));
  }

  @Test
  void staffBookAsManyAsTheyLike() {
    for (int day = 1; day <= 6; day++) {
      assertMade(api.post(APPOINTMENTS, shop.booking(shop.anna(), shop.day(day), "10:00")));
    }
    assertMade(
        api.post(
            SERIES,
            series(5)
                .replace(
                    "\"count\"",
                    "\"customer\": {\"name\": \"Zoë\", \"email\": \"zoe@example.org\"}, \"count\"")));
  }

  @Test
  void holdBecomesAnAppointmentOnlyIfThereIsRoom() {
    Reply hold = client.post(HOLDS, body(shop, shop.ben(), 1));
    List<Reply> made = new ArrayList<>();
    for (int day = 1; day <= 4; day++) {
      made.add(book(client, shop, shop.anna(), day));
    }
    String consume = HOLDS + "/" + id(hold) + "/appointment";

    assertProblem(client.post(consume, "{}"), 409, CODE);
    client.post(made.getFirst().header("Location") + "/cancel", "");
    assertMade(client.post(consume, "{}"));
  }

  @Test
  void seriesThatWouldBeTooLongIsNotBookedAtAll() {
    assertProblem(client.post(SERIES, series(5)), 409, CODE);
    assertThat(booked()).isZero();

    Reply made = client.post(SERIES, series(3));
    assertMade(made);
    String extend = made.header("Location") + "/extend";
    assertProblem(client.post(extend, "{\"count\": 2}"), 409, CODE);
    assertThat(booked()).isEqualTo(3);
    assertThat(client.post(extend, "{\"count\": 1}").status()).isEqualTo(200);
    assertThat(booked()).isEqualTo(4);
  }

  /** Of two barbers, so that the barbers' locks alone do not keep the bookings apart. */
  @Test
  void bookingsThatComeTogetherAreCountedToo() throws Exception {
    List<Callable<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      long barber = i % 2 == 0 ? shop.anna() : shop.ben();
      int day = 1 + i / 2;
      calls.add(() -> book(client, shop, barber, day));
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(16)) {
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> each : executor.invokeAll(calls)) {
        replies.add(each.get());
      }
      assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(4);
      assertThat(replies)
          .filteredOn(reply -> reply.status() != 201)
          .allSatisfy(reply -> assertProblem(reply, 409, CODE));
    }
    assertThat(booked()).isEqualTo(4);
  }

  private static Reply book(TestUser user, Shop shop, long barber, int day) {
    return user.post(APPOINTMENTS, body(shop, barber, day));
  }

  private static String body(Shop shop, long barber, int day) {
    return "{\"locationId\": %d, \"barberId\": %d, \"serviceId\": %d, \"startsAt\": \"%s\"}"
        .formatted(shop.id(), barber, shop.cut(), shop.at(shop.day(day), "10:00"));
  }

  private String series(int count) {
    LocalDate first = shop.day(2);
    return """
    {"locationId": %d, "barberId": %d, "serviceId": %d, "firstDate": "%s", "time": "15:00",
     "count": %d}
    """
        .formatted(shop.id(), shop.anna(), shop.cut(), first, count);
  }

  private static void assertMade(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
  }

  private static long id(Reply reply) {
    return reply.json().path("id").asLong();
  }

  private int booked() {
    return api.sql()
        .sql("SELECT count(*) FROM appointments WHERE location_id = ? AND status <> 'cancelled'")
        .param(shop.id())
        .query(Integer.class)
        .single();
  }
}
