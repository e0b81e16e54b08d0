package dev.freshcut.bookingapi.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshcut.bookingapi.ApiFixture;
import dev.freshcut.bookingapi.Reply;
import dev.freshcut.bookingapi.SecondInstance;
import dev.freshcut.bookingapi.Shop;
import dev.freshcut.bookingapi.TestUser;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Offers are made when the tests ask for them: the scheduled ones come too late. */
class WaitingListIT {
  private static final String LIST = "/api/v1/waiting-list";
  private static final String APPOINTMENTS = "/api/v1/appointments";
  private static final Map<String, Object> SELDOM =
      Map.of(
          "freshcut.booking.waiting-list.sweep-interval", "1m",
          "freshcut.booking.waiting-list.recheck-interval", "24h",
          "freshcut.booking.holds.sweep-interval", "1m");
  private static ApiFixture api;
  private static OfferSweeper sweeper;
  private Shop shop;
  private LocalDate day;

  @BeforeAll
  static void start() {
    api = new ApiFixture(SELDOM);
    sweeper = api.bean(OfferSweeper.class);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  /** Anna works from 09:00 to 13:00 on the day, which is fully booked; Ben does not work. */
  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
    day = shop.day(5);
    run("UPDATE services SET buffer_after_minutes = 0 WHERE location_id = :shop");
    run("UPDATE barbers SET active = false WHERE id = :ben");
    run("UPDATE working_hours SET closes_at = '13:00' WHERE location_id = :shop");
    run("DELETE FROM working_hours WHERE barber_id = :anna AND weekday <> :weekday");
    for (String time : times()) {
      book(time);
    }
  }

  private static List<String> times() {
    return Stream.of("09", "10", "11", "12")
        .flatMap(hour -> Stream.of(hour + ":00", hour + ":30"))
        .toList();
  }

  @Test
  void freedTimeIsOfferedToWhoeverWaitsLongest() {
    TestUser first = TestUser.client(api);
    TestUser second = TestUser.client(api);
    String one = wait(first, "");
    String two = wait(second, "");
    sweeper.sweep();
    assertThat(state(first, one)).isEqualTo("waiting");

    api.post(APPOINTMENTS + "/" + appointmentAt("10:30") + "/cancel", "");
    sweeper.sweep();

    JsonNode entry = first.get(one).json();
    assertThat(entry.path("state").asString()).isEqualTo("offered");
    assertThat(entry.at("/offer/startsAt").asString()).isEqualTo(at("10:30"));
    assertThat(entry.at("/offer/barberId").asLong()).isEqualTo(shop.anna());
    assertThat(state(second, two)).isEqualTo("waiting");
    assertProblem(
        api.post(APPOINTMENTS, shop.booking(shop.anna(), day, "10:30")), 409, "slot-taken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "UPDATE appointments SET status = 'cancelled' WHERE id = :appointment",
        "UPDATE appointments SET status = 'no_show' WHERE id = :appointment",
        "UPDATE appointments SET starts_at = starts_at + interval '1 day' WHERE id = :appointment",
        "UPDATE appointments SET barber_id = :ben WHERE id = :appointment",
        "DELETE FROM appointments WHERE id = :appointment",
        "UPDATE working_hours SET closes_at = '13:30' WHERE barber_id = :anna",
        "INSERT INTO working_hours (location_id, barber_id, weekday, opens_at, closes_at) VALUES (:shop, :anna, :weekday, '14:00', '15:00')",
        "UPDATE barbers SET active = true WHERE id = :ben",
        "DELETE FROM time_off WHERE location_id = :shop",
        "DELETE FROM blackouts WHERE location_id = :shop",
        "UPDATE special_days SET closes_at = '17:00' WHERE location_id = :shop",
        "UPDATE services SET duration_minutes = 15 WHERE id = :cut"
      })
  void changeByAnybodyThatFreesTimeLeadsToAnOffer(String change) {
    TestUser client = TestUser.client(api);
    prepare(change);
    String entry = wait(client, "");
    sweeper.sweep();
    assertThat(state(client, entry)).isEqualTo("waiting");

    run(change);
    sweeper.sweep();

    assertThat(state(client, entry)).as(change).isEqualTo("offered");
  }

  /** What the change is to end. */
  private void prepare(String change) {
    if (change.contains("barbers SET active")) {
      return;
    }
    if (change.contains("time_off")) {
      cancel("09:00");
      run(
          "INSERT INTO time_off (location_id, barber_id, starts_at, ends_at) VALUES (:shop, :anna, :day, :day::date + 1)");
    } else if (change.contains("blackouts")) {
      cancel("09:00");
      run(
          "INSERT INTO blackouts (location_id, starts_at, ends_at) VALUES (:shop, :day, :day::date + 1)");
    } else if (change.contains("special_days")) {
      run("UPDATE working_hours SET closes_at = '17:00' WHERE barber_id = :anna");
      run(
          "INSERT INTO special_days (location_id, local_date, opens_at, closes_at) VALUES (:shop, :day, '09:00', '13:00')");
    } else if (change.contains("services")) {
      run("UPDATE working_hours SET closes_at = '13:15' WHERE barber_id = :anna");
    }
  }

  @Test
  void timeThatIsFreeAlreadyIsOffered() {
    cancel("11:00");
    TestUser client = TestUser.client(api);
    String entry = wait(client, "");

    sweeper.sweep();

    assertThat(client.get(entry).json().at("/offer/startsAt").asString()).isEqualTo(at("11:00"));
  }

  @Test
  void onlyWhatFitsIsOffered() {
    TestUser client = TestUser.client(api);
    String late = wait(client, ", \"notBefore\": \"11:00\"");
    String early = wait(client, ", \"notAfter\": \"10:00\"");
    String bens = wait(client, ", \"barberId\": " + shop.ben());
    String otherDay = wait(client, "", day.plusDays(1), day.plusDays(3));
    String suits = wait(client, ", \"notBefore\": \"10:00\", \"notAfter\": \"10:30\"");

    cancel("10:00");
    sweeper.sweep();

    assertThat(state(client, suits)).isEqualTo("offered");
    for (String other : List.of(late, early, otherDay, bens)) {
      assertThat(state(client, other)).isEqualTo("waiting");
    }
    cancel("09:30");
    sweeper.sweep();
    assertThat(client.get(early).json().at("/offer/startsAt").asString()).isEqualTo(at("09:30"));
    assertThat(state(client, late)).isEqualTo("waiting");
  }

  @Test
  void acceptedOfferIsAnAppointment() {
    TestUser client = TestUser.client(api);
    String entry = wait(client, "");
    assertProblem(client.post(entry + "/accept", "{}"), 409, "waiting-list-entry-closed");
    cancel("10:00");
    sweeper.sweep();
    String tag = client.get(entry).header("ETag");

    assertProblem(
        api.post(entry + "/accept", "{}", "If-Match", "\"1\"", "Authorization", client.header()[1]),
        412,
        "precondition-failed");
    Reply made =
        api.post(
            entry + "/accept",
            "{\"note\": \"at last\"}",
            "If-Match",
            tag,
            "Authorization",
            client.header()[1]);

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(client.get(made.header("Location")).json()).isEqualTo(made.json());
    assertThat(made.json().path("status").asString()).isEqualTo("confirmed");
    JsonNode now = client.get(entry).json();
    assertThat(now.path("state").asString()).isEqualTo("accepted");
    assertThat(now.path("appointmentId")).isEqualTo(made.json().path("id"));
    assertThat(now.has("offer")).isFalse();
    assertProblem(client.post(entry + "/accept", "{}"), 409, "waiting-list-entry-closed");
    assertProblem(client.post(entry + "/cancel", ""), 409, "waiting-list-entry-closed");
  }

  @Test
  void offerIsAHoldLikeOthers() {
    TestUser client = TestUser.client(api);
    String entry = wait(client, "");
    cancel("10:00");
    sweeper.sweep();

    long hold = client.get(entry).json().at("/offer/holdId").asLong();
    assertThat(hold).isEqualTo(held());
    Reply made = client.post("/api/v1/holds/" + hold + "/appointment", "{}");

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(state(client, entry)).isEqualTo("accepted");
  }

  @ParameterizedTest
  @CsvSource({"decline, declined", "cancel, cancelled"})
  void whatIsNotWantedIsOfferedToTheNext(String action, String state) {
    TestUser first = TestUser.client(api);
    TestUser second = TestUser.client(api);
    String one = wait(first, "");
    String two = wait(second, "");
    cancel("10:00");
    sweeper.sweep();

    Reply ended = first.post(one + "/" + action, "");
    Reply again = first.post(one + "/" + action, "");
    sweeper.sweep();

    assertThat(ended.json().path("state").asString()).isEqualTo(state);
    assertThat(again.json()).isEqualTo(ended.json());
    assertThat(second.get(two).json().at("/offer/startsAt").asString()).isEqualTo(at("10:00"));
  }

  @Test
  void offerThatIsOverGoesToTheNext() {
    TestUser first = TestUser.client(api);
    TestUser second = TestUser.client(api);
    String one = wait(first, "");
    String two = wait(second, "");
    cancel("10:00");
    sweeper.sweep();

    run("UPDATE appointments SET hold_expires_at = now() WHERE id = " + held());
    assertProblem(first.post(one + "/accept", "{}"), 409, "waiting-list-entry-closed");
    run("UPDATE appointments SET status = 'expired' WHERE id = " + held());
    sweeper.sweep();

    assertThat(state(first, one)).isEqualTo("expired");
    assertThat(state(second, two)).isEqualTo("offered");
    run("DELETE FROM appointments WHERE id = " + held());
    assertThat(state(second, two)).isEqualTo("expired");
  }

  @Test
  void staffActForCustomers() {
    TestUser barber = TestUser.barber(api, shop);
    Reply made = barber.post(LIST, body(staffs(""), day, day));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    cancel("10:00");
    sweeper.sweep();

    Reply accepted = barber.post(made.header("Location") + "/accept", "{}");

    assertThat(accepted.status()).as(accepted.toString()).isEqualTo(201);
    assertThat(accepted.json().path("customerId")).isEqualTo(made.json().path("customerId"));
    assertThat(
            api.sql()
                .sql("SELECT action FROM audit_log WHERE target = ? ORDER BY id")
                .param("waiting-list:" + made.json().path("id").asLong())
                .query(String.class)
                .list())
        .containsExactly("waiting-list.create", "waiting-list.accept");
  }

  @Test
  void othersEntriesAreNotThere() {
    TestUser client = TestUser.client(api);
    String entry = wait(client, "");
    Shop elsewhere = Shop.open(api.sql(), "Europe/Paris");

    for (TestUser stranger :
        List.of(
            TestUser.client(api),
            TestUser.owner(api, elsewhere),
            TestUser.barber(api, elsewhere))) {
      assertProblem(stranger.get(entry), 404, "waiting-list-entry-not-found");
      for (String action : List.of("accept", "decline", "cancel")) {
        assertProblem(
            stranger.post(entry + "/" + action, "{}"), 404, "waiting-list-entry-not-found");
      }
      assertThat(stranger.get(LIST).json().path("items").size()).isZero();
    }
    assertThat(TestUser.owner(api, shop).get(entry).status()).isEqualTo(200);
    assertProblem(
        TestUser.owner(api, elsewhere).get(LIST + "?location=" + shop.id()),
        404,
        "location-not-found");
    assertProblem(
        TestUser.owner(api, elsewhere).post(LIST, body(staffs(""), day, day)), 403, "forbidden");
  }

  @Test
  void whoIsForgottenWaitsNoLonger() {
    TestUser barber = TestUser.barber(api, shop);
    JsonNode offered = barber.post(LIST, body(staffs(""), day, day)).json();
    String waiting = barber.post(LIST, body(staffs(""), day, day)).header("Location");
    cancel("10:00");
    sweeper.sweep();
    run(
        """
        INSERT INTO series (location_id, service_id, customer_id, every_weeks, local_time,
          first_date, last_date)
        VALUES (:shop, :cut, %d, 1, '10:00', :day, :day)
        """
            .formatted(offered.path("customerId").asLong()));
    assertThat(state(barber, LIST + "/" + offered.path("id").asLong())).isEqualTo("offered");
    String slots = shop.slots(day, "any");
    assertThat(api.get(slots).json().path("slots").size()).isZero();

    Reply forgotten =
        api.send(api.request("/api/v1/customers/" + offered.path("customerId").asLong()).DELETE());

    assertThat(forgotten.status()).as(forgotten.toString()).isEqualTo(200);
    assertThat(api.get(slots).json().path("slots").size()).as("her time is free again").isOne();
    assertThat(state(barber, LIST + "/" + offered.path("id").asLong())).isEqualTo("expired");
    assertThat(state(barber, waiting)).isEqualTo("cancelled");
    assertThat(
            api.sql()
                .sql("SELECT cancelled_from FROM series WHERE customer_id = ?")
                .param(offered.path("customerId").asLong())
                .query(LocalDate.class)
                .single())
        .isEqualTo(day.plusDays(1));
  }

  /** The offer is committed when the wishes are already being ended. */
  @Test
  void whoIsForgottenKeepsNoOfferThatWasJustBeingMade() throws Exception {
    TestUser barber = TestUser.barber(api, shop);
    JsonNode entry = barber.post(LIST, body(staffs(""), day, day)).json();
    String path = LIST + "/" + entry.path("id").asLong();
    cancel("10:00");
    Reply hold =
        api.post(
            "/api/v1/holds",
            "{\"locationId\": %d, \"barberId\": %d, \"serviceId\": %d, \"startsAt\": \"%s\"}"
                .formatted(shop.id(), shop.anna(), shop.cut(), shop.at(day, "10:00")));
    assertThat(hold.status()).as(hold.toString()).isEqualTo(201);
    long held = hold.json().path("id").asLong();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        Connection offering = api.connection();
        Statement offer = offering.createStatement()) {
      offering.setAutoCommit(false);
      offer.execute(
          "UPDATE waiting_list SET state = 'offered', appointment_id = %d WHERE id = %d"
              .formatted(held, entry.path("id").asLong()));
      Future<Integer> forgotten =
          executor.submit(
              () ->
                  api.sql()
                      .sql("UPDATE customers SET anonymised_at = now() WHERE id = ?")
                      .param(entry.path("customerId").asLong())
                      .update());
      await().atMost(Duration.ofMinutes(1)).until(() -> somebodyWaitsFor(offer));
      offering.commit();
      assertThat(forgotten.get()).isOne();
    }

    assertThat(state(barber, path)).isEqualTo("expired");
    assertThat(
            api.sql()
                .sql("SELECT status FROM appointments WHERE id = ?")
                .param(held)
                .query(String.class)
                .single())
        .isEqualTo("expired");
  }

  private static boolean somebodyWaitsFor(Statement session) throws SQLException {
    try (ResultSet rows =
        session.executeQuery(
            """
            SELECT EXISTS (SELECT FROM pg_locks
              WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))
            """)) {
      return rows.next() && rows.getBoolean(1);
    }
  }

  /** They are not of her making, so she may still make some herself. */
  @Test
  void offersAreNotCountedAsHoldsOfTheClient() {
    TestUser client = TestUser.client(api);
    for (int i = 0; i < WaitingList.MOST_OF_CUSTOMER; i++) {
      wait(client, "");
      cancel(times().get(i));
    }
    sweeper.sweep();
    assertThat(client.get(LIST + "?state=offered").json().path("items").size()).isEqualTo(5);
    cancel("12:30");

    Reply hold =
        client.post(
            "/api/v1/holds",
            "{\"locationId\": %d, \"barberId\": %d, \"serviceId\": %d, \"startsAt\": \"%s\"}"
                .formatted(shop.id(), shop.anna(), shop.cut(), shop.at(day, "12:30")));

    assertThat(hold.status()).as(hold.toString()).isEqualTo(201);
  }

  @Test
  void customerHasFewOpenEntries() {
    TestUser client = TestUser.client(api);
    String last = "";
    for (int i = 0; i < WaitingList.MOST_OF_CUSTOMER; i++) {
      last = wait(client, "");
    }
    assertProblem(client.post(LIST, body("", day, day)), 409, "waiting-list-full");
    client.post(last + "/cancel", "");
    assertThat(client.post(LIST, body("", day, day)).status()).isEqualTo(201);
  }

  @Test
  void listIsInTheOrderOfComing() {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      paths.add(wait(TestUser.client(api), ""));
    }
    cancel("10:00");
    sweeper.sweep();

    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Reply page = api.get(LIST + "?limit=2&location=" + shop.id() + cursor);
      page.json().path("items").forEach(item -> seen.add(LIST + "/" + item.path("id").asLong()));
      cursor =
          page.json().has("nextCursor")
              ? "&cursor=" + page.json().path("nextCursor").asString()
              : "";
    } while (!cursor.isEmpty());

    assertThat(seen).isEqualTo(paths);
    JsonNode offered = api.get(LIST + "?state=offered&location=" + shop.id()).json();
    assertThat(offered.path("items").size()).isOne();
    assertProblem(api.get(LIST + "?state=gone&location=" + shop.id()), 400, "invalid-request");
  }

  @Test
  void waitEndsWithItsDates() {
    TestUser client = TestUser.client(api);
    String past = wait(client, "");
    String present = wait(client, "");
    run(
        "UPDATE waiting_list SET first_date = '2001-01-01', last_date = '2001-01-02' WHERE id = "
            + past.substring(past.lastIndexOf('/') + 1));

    sweeper.recheck();

    assertThat(state(client, past)).isEqualTo("expired");
    assertThat(state(client, present)).isEqualTo("waiting");
    assertThat(signals()).isPositive();
    sweeper.sweep();
    assertThat(signals()).isZero();
  }

  @Test
  void entriesLiveInOneDirection() {
    String entry = wait(TestUser.client(api), "");
    String id = entry.substring(entry.lastIndexOf('/') + 1);
    run("UPDATE waiting_list SET state = 'cancelled' WHERE id = " + id);

    for (String state : List.of("waiting", "offered", "accepted", "declined", "expired")) {
      assertThatThrownBy(
              () -> run("UPDATE waiting_list SET state = '%s' WHERE id = %s".formatted(state, id)))
          .rootCause()
          .hasMessageContaining("that is cancelled cannot become " + state);
    }
  }

  /** Two instances look at the signals of five cancellations, again and again. */
  @Test
  void eachFreedTimeIsOfferedOnceAndInOrder() throws Exception {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String path = wait(TestUser.client(api), "");
      ids.add(Long.parseLong(path.substring(path.lastIndexOf('/') + 1)));
    }
    try (SecondInstance second = new SecondInstance(api, SELDOM);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<@Nullable Object>> work = new ArrayList<>();
      for (String time : times().subList(1, 6)) {
        work.add(Executors.callable(() -> cancel(time)));
        for (OfferSweeper each : List.of(sweeper, second.bean(OfferSweeper.class))) {
          work.add(Executors.callable(each::sweep));
          work.add(Executors.callable(each::sweep));
        }
      }
      for (Future<?> each : executor.invokeAll(work)) {
        each.get();
      }
      second.bean(OfferSweeper.class).sweep();
      sweeper.sweep();
    }

    assertThat(
            api.sql()
                .sql(
                    """
                    SELECT id FROM waiting_list
                    WHERE location_id = ? AND state = 'offered' ORDER BY id
                    """)
                .param(shop.id())
                .query(Long.class)
                .list())
        .isEqualTo(ids.subList(0, 5));
    assertThat(
            api.sql()
                .sql(
                    """
                    SELECT to_char(a.starts_at AT TIME ZONE 'Europe/Paris', 'HH24:MI')
                    FROM waiting_list w JOIN appointments a ON a.id = w.appointment_id
                    WHERE w.location_id = ? AND a.status = 'held' ORDER BY 1
                    """)
                .param(shop.id())
                .query(String.class)
                .list())
        .isEqualTo(times().subList(1, 6));
  }

  /** One search serves several: each has a time of her own, in order of coming. */
  @Test
  void oneRoundMakesSeveralOffers() {
    TestUser barber = TestUser.barber(api, shop);
    List<String> paths = new ArrayList<>();
    for (int i = 0; i <= Offers.AT_ONCE; i++) {
      Reply made =
          barber.post(LIST, body(staffs(""), day, day).replace("wanda@", "wanda" + i + "@"));
      paths.add(made.header("Location"));
      cancel(times().get(i));
    }
    Offers offers = api.bean(Offers.class);

    assertThat(offers.next(shop.id())).isTrue();
    assertThat(paths.stream().map(path -> state(barber, path)).toList())
        .isEqualTo(List.of("offered", "offered", "offered", "offered", "offered", "waiting"));
    assertThat(offers.next(shop.id())).isFalse();

    assertThat(
            paths.stream()
                .map(path -> barber.get(path).json().at("/offer/startsAt").asString())
                .toList())
        .isEqualTo(times().subList(0, Offers.AT_ONCE + 1).stream().map(this::at).toList());
    assertThat(signals()).isZero();
  }

  /** PostgreSQL knows ROC as a time zone; Java does not. */
  @Test
  void locationsThatFailDoNotKeepOthersFromTheirTurn() {
    sweeper.sweep();
    api.sql()
        .sql("ALTER TABLE locations DROP CONSTRAINT IF EXISTS locations_time_zone_form")
        .update();
    api.sql()
        .sql(
            """
            WITH failing AS (INSERT INTO locations (name, time_zone)
              SELECT 'Failing', 'ROC' FROM generate_series(1, ?) RETURNING id)
            INSERT INTO waiting_list_signals (location_id) SELECT id FROM failing
            """)
        .param(OfferSweeper.LOCATIONS)
        .update();
    try {
      TestUser client = TestUser.client(api);
      String entry = wait(client, "");
      cancel("10:00");

      sweeper.sweep();
      assertThat(state(client, entry)).isEqualTo("waiting");
      sweeper.sweep();

      assertThat(state(client, entry)).isEqualTo("offered");
    } finally {
      api.sql().sql("DELETE FROM waiting_list_signals").update();
      api.sql().sql("DELETE FROM locations WHERE time_zone = 'ROC'").update();
    }
  }

  /** With the usual settings nobody has to ask. */
  @Test
  void offersAreMadeByThemselves() {
    TestUser client = TestUser.client(api);
    String entry = wait(client, "");
    try (SecondInstance usual = new SecondInstance(api, Map.of())) {
      cancel("10:00");
      await().atMost(Duration.ofMinutes(1)).until(() -> state(client, entry).equals("offered"));
      assertThat(usual.port()).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("badMembers")
  void badMember(String members, String field) {
    TestUser client = TestUser.client(api);

    Reply reply = client.post(LIST, body("", day, day).replaceFirst("\"from\".*", members + "}"));

    assertProblem(reply, 400, "invalid-request");
    assertThat(reply.errorFields()).containsOnly(field);
  }

  static List<Arguments> badMembers() {
    return List.of(
        Arguments.of("\"from\": \"2026-12-24\"", "to"),
        Arguments.of("\"from\": \"2030-12-24\", \"to\": \"2030-12-23\"", "to"),
        Arguments.of("\"from\": \"2030-01-01\", \"to\": \"2030-03-04\"", "to"),
        Arguments.of("\"from\": \"2020-01-01\", \"to\": \"2020-01-02\"", "to"),
        Arguments.of("\"from\": \"2030-01-01\", \"to\": 20000", "to"),
        Arguments.of(
            "\"from\": \"2030-01-01\", \"to\": \"2030-01-02\", \"notBefore\": \"24:00\"",
            "notBefore"),
        Arguments.of(
            "\"from\": \"2030-01-01\", \"to\": \"2030-01-02\", \"notBefore\": [9, 0]", "notBefore"),
        Arguments.of(
            "\"from\": \"2030-01-01\", \"to\": \"2030-01-02\", \"notBefore\": \"10:00\","
                + " \"notAfter\": \"10:00\"",
            "notAfter"),
        Arguments.of(
            "\"from\": \"2030-01-01\", \"to\": \"2030-01-02\", \"customer\": {\"name\": \"Z\","
                + " \"email\": \"z@example.org\"}",
            "customer"));
  }

  @Test
  void whatIsNotThereCannotBeWaitedFor() {
    TestUser client = TestUser.client(api);
    String body = body("", day, day);

    assertProblem(
        client.post(LIST, body.replace("\"locationId\": " + shop.id(), "\"locationId\": 999999")),
        404,
        "location-not-found");
    assertProblem(
        client.post(LIST, body.replace("\"serviceId\": " + shop.cut(), "\"serviceId\": 999999")),
        404,
        "service-not-found");
    assertProblem(
        client.post(LIST, body(", \"barberId\": 999999", day, day)), 404, "barber-not-found");
    run(
        "INSERT INTO barber_services (location_id, barber_id, service_id, offered) VALUES (:shop, :anna, :cut, false)");
    assertProblem(
        client.post(LIST, body(", \"barberId\": " + shop.anna(), day, day)),
        422,
        "service-not-offered");
  }

  private String wait(TestUser user, String members) {
    return wait(user, members, day, day);
  }

  /** The path of a new entry. */
  private String wait(TestUser user, String members, LocalDate from, LocalDate to) {
    if (members.contains("barberId")) { // who is not active cannot be waited for
      run("UPDATE barbers SET active = true WHERE id = :ben");
    }
    Reply made = user.post(LIST, body(members, from, to));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(user.get(made.header("Location")).json()).isEqualTo(made.json());
    if (members.contains("barberId")) {
      run("UPDATE barbers SET active = false WHERE id = :ben");
    }
    return made.header("Location");
  }

  private String body(String members, LocalDate from, LocalDate to) {
    return "{\"locationId\": %d, \"serviceId\": %d, \"from\": \"%s\", \"to\": \"%s\"%s}"
        .formatted(shop.id(), shop.cut(), from, to, members);
  }

  private static String staffs(String members) {
    return members + ", \"customer\": {\"name\": \"Zoë\", \"email\": \"wanda@example.org\"}";
  }

  private static String state(TestUser user, String path) {
    return user.get(path).json().path("state").asString();
  }

  /** As answers have it. */
  private String at(String time) {
    return shop.at(day, time).replace("T" + time, "T" + time + ":00");
  }

  private void book(String time) {
    Reply made = api.post(APPOINTMENTS, shop.booking(shop.anna(), day, time));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
  }

  private void cancel(String time) {
    run("UPDATE appointments SET status = 'cancelled' WHERE id = " + appointmentAt(time));
  }

  private long appointmentAt(String time) {
    return api.sql()
        .sql(
            """
            SELECT id FROM appointments WHERE location_id = ? AND status = 'confirmed'
              AND starts_at = ?::timestamptz
            """)
        .params(shop.id(), shop.at(day, time))
        .query(Long.class)
        .single();
  }

  /** The hold of the location's only offer. */
  private long held() {
    return api.sql()
        .sql("SELECT appointment_id FROM waiting_list WHERE location_id = ? AND state = 'offered'")
        .param(shop.id())
        .query(Long.class)
        .single();
  }

  private long signals() {
    return api.sql()
        .sql("SELECT count(*) FROM waiting_list_signals WHERE location_id = ?")
        .param(shop.id())
        .query(Long.class)
        .single();
  }

  private void run(String statement) {
    var sql = api.sql().sql(statement);
    Map<String, Object> values =
        Map.of(
            "shop", shop.id(),
            "anna", shop.anna(),
            "ben", shop.ben(),
            "cut", shop.cut(),
            "day", day,
            "weekday", day.getDayOfWeek().getValue());
    values.forEach(sql::param);
    if (statement.contains(":appointment")) {
      sql.param("appointment", appointmentAt("10:00"));
    }
    assertThat(sql.update()).as("rows of " + statement).isPositive();
  }

  private static void assertProblem(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
  }
}
