package dev.freshcut.bookingapi.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.bookingapi.ApiFixture;
import dev.freshcut.bookingapi.Reply;
import dev.freshcut.bookingapi.SecondInstance;
import dev.freshcut.bookingapi.Shop;
import dev.freshcut.bookingapi.TestUser;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A write with a key happens once and is answered the same each time, whatever breaks. */
class IdempotencyIT {
  private static final String PATH = "/api/v1/appointments";
  private static final String REPLAYED = "Idempotency-Replayed";
  private static ApiFixture api;
  private static SecondInstance second;
  private Shop shop;
  private LocalDate day;
  private String key;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
    second = new SecondInstance(api, Map.of());
  }

  @AfterAll
  static void stop() {
    second.close();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
    day = shop.day(3);
    key = UUID.randomUUID().toString();
  }

  @Test
  void sameRequestIsAnsweredTheSameOnEveryInstance() {
    Reply first = book("10:00");

    Reply again = book("10:00");
    Reply elsewhere = second.post(PATH, shop.booking(shop.anna(), day, "10:00"), Key.HEADER, key);

    assertThat(first.status()).as(first.toString()).isEqualTo(201);
    assertThat(first.header(REPLAYED)).isEmpty();
    for (Reply reply : List.of(again, elsewhere)) {
      assertThat(reply.header(REPLAYED)).isEqualTo("true");
      assertSame(reply, first);
    }
    assertThat(appointments()).isEqualTo(1);
    assertThat(book("11:00", UUID.randomUUID().toString()).status()).isEqualTo(201);
  }

  @Test
  void answerStaysTheSameWhenTheAppointmentHasChanged() {
    Reply first = book("10:00");
    String path = first.header("Location");
    Reply cancelled = api.post(path + "/cancel", "", Key.HEADER, key + "-cancel");
    assertThat(cancelled.status()).isEqualTo(200);

    assertSame(book("10:00"), first);
    assertSame(api.post(path + "/cancel", "", Key.HEADER, key + "-cancel"), cancelled);
  }

  @Test
  void otherRequestWithTheKeyIsRefused() {
    Reply first = book("10:00");

    assertRefused(book("11:00"), 422, "idempotency-key-reused");
    assertRefused(
        api.post(first.header("Location") + "/cancel", "", Key.HEADER, key),
        422,
        "idempotency-key-reused");
    assertThat(appointments()).isEqualTo(1);
  }

  @Test
  void everyCallerHasKeysOfHerOwn() {
    Reply first = book("10:00");
    TestUser other = TestUser.operator(api);

    Reply second =
        api.post(
            PATH,
            shop.booking(shop.anna(), day, "11:00"),
            Key.HEADER,
            key,
            other.header()[0],
            other.header()[1]);

    assertThat(second.status()).as(second.toString()).isEqualTo(201);
    assertThat(second.json().path("id")).isNotEqualTo(first.json().path("id"));
    assertThat(keys()).isEqualTo(2);
  }

  @Test
  void secretsAreNotStored() {
    Reply login =
        api.post(
            "/api/v1/login",
            "{\"email\": \"%s\", \"password\": \"%s\"}"
                .formatted(ApiFixture.OPERATOR, ApiFixture.PASSWORD),
            Key.HEADER,
            key);

    assertThat(login.status()).as(login.toString()).isEqualTo(200);
    assertThat(keys()).isZero();
  }

  @Test
  void refusedRequestLeavesTheKeyFree() {
    assertRefused(book("03:00"), 422, "outside-working-hours");
    assertRefused(api.post(PATH, "{\"locationId\": 1}", Key.HEADER, key), 400, "invalid-request");

    assertThat(book("10:00").status()).isEqualTo(201);
    assertThat(keys()).isEqualTo(1);
  }

  @Test
  void requestInFlightIsNotDoneTwice() throws Exception {
    try (Connection other = api.connection();
        Statement statement = other.createStatement();
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      other.setAutoCommit(false);
      statement.execute("SELECT FROM barbers WHERE id = %d FOR UPDATE".formatted(shop.anna()));
      Future<Reply> first = executor.submit(() -> book("10:00"));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  api.sql()
                      .sql(
                          """
                          SELECT EXISTS (SELECT FROM pg_stat_activity
                            WHERE datname = current_database() AND wait_event_type = 'Lock')
                          """)
                      .query(Boolean.class)
                      .single());

      Reply meanwhile = second.post(PATH, shop.booking(shop.anna(), day, "10:00"), Key.HEADER, key);
      assertRefused(meanwhile, 409, "request-in-flight");
      assertThat(meanwhile.header("Retry-After")).isEqualTo("1");

      other.rollback();
      assertThat(first.get().status()).as(first.get().toString()).isEqualTo(201);
      assertSame(book("10:00"), first.get());
    }
  }

  @Test
  void simultaneousDuplicatesOnTwoInstancesWriteOnce() throws Exception {
    int threads = 16;
    for (int round = 0; round < 5; round++) {
      key = UUID.randomUUID().toString();
      String body = shop.booking(shop.anna(), day.plusDays(round), "10:00");
      CyclicBarrier barrier = new CyclicBarrier(threads);
      List<Callable<Reply>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        boolean here = i % 2 == 0;
        calls.add(
            () -> {
              barrier.await();
              return here
                  ? api.post(PATH, body, Key.HEADER, key)
                  : second.post(PATH, body, Key.HEADER, key);
            });
      }
      List<Reply> made = new ArrayList<>();
      try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
        for (Future<Reply> call : executor.invokeAll(calls)) {
          if (call.get().status() == 201) {
            made.add(call.get());
          } else {
            assertRefused(call.get(), 409, "request-in-flight");
          }
        }
      }

      assertThat(made).isNotEmpty();
      assertThat(made).filteredOn(reply -> reply.header(REPLAYED).isEmpty()).hasSize(1);
      made.forEach(reply -> assertSame(reply, made.getFirst()));
      assertThat(appointments()).isEqualTo(round + 1);
    }
  }

  /**
   * PostgreSQL ends the connection where the answer is stored, and where all is committed: neither
   * the appointment nor the answer stays without the other, and the client may try again.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TRIGGER crash BEFORE INSERT ON idempotency_keys",
        "CREATE TRIGGER crash AFTER INSERT ON idempotency_keys",
        "CREATE CONSTRAINT TRIGGER crash AFTER INSERT ON idempotency_keys"
            + " DEFERRABLE INITIALLY DEFERRED",
        "CREATE TRIGGER crash AFTER INSERT ON appointments"
      })
  void crashLeavesAllOrNothing(String trigger) {
    api.sql()
        .sql(
            """
            CREATE OR REPLACE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              PERFORM pg_terminate_backend(pg_backend_pid());
              RETURN NEW;
            END $$
            """)
        .update();
    api.sql().sql(trigger + " FOR EACH ROW EXECUTE FUNCTION crash()").update();
    Reply crashed;
    try {
      crashed = book("10:00");
    } finally {
      String table = trigger.contains("ON appointments") ? "appointments" : "idempotency_keys";
      api.sql().sql("DROP TRIGGER crash ON " + table).update();
    }

    assertRefused(crashed, 503, "database-unavailable");
    assertThat(crashed.header("Location")).isEmpty();
    assertThat(crashed.token()).isEmpty();
    assertThat(appointments()).isZero();
    assertThat(keys()).isZero();
    Reply again = book("10:00");
    assertThat(again.status()).as(again.toString()).isEqualTo(201);
    assertThat(again.header(REPLAYED)).isEmpty();
    assertThat(appointments()).isEqualTo(1);
  }

  @Test
  void readersSeeTheWrite() {
    api.get(shop.slots(day, shop.anna()));
    assertThat(api.get(shop.slots(day, shop.anna())).isHit()).isTrue();

    book("10:00");

    assertThat(api.get(shop.slots(day, shop.anna())).json().path("slots").toString())
        .doesNotContain("T10:00:00+");
  }

  @Test
  void keyHasALifetime() {
    book("10:00");
    api.sql()
        .sql("UPDATE idempotency_keys SET created_at = created_at - interval '24 hours'")
        .update();

    assertRefused(book("10:00"), 409, "slot-taken");
    assertThat(book("11:00").status()).isEqualTo(201);
    api.sql()
        .sql("UPDATE idempotency_keys SET created_at = created_at - interval '24 hours'")
        .update();
    KeyTable table = api.bean(KeyTable.class);
    book("12:00", UUID.randomUUID().toString());

    assertThat(table.sweep(1_000)).isPositive();
    assertThat(keys()).isZero();
    assertThat(table.sweep(1_000)).isZero();
    assertThat(api.sql().sql("SELECT count(*) FROM idempotency_keys").query(Long.class).single())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "\"\"", "quo\"te", "back\\slash"})
  void keyMustBeOneWord(String text) {
    Reply reply = book("10:00", text);

    assertRefused(reply, 400, "malformed-request");
    assertThat(reply.errorFields()).containsExactly(Key.HEADER);
    assertThat(appointments()).isZero();
  }

  @Test
  void keyMayBeQuotedAndNotTooLongNorGivenTwice() {
    assertThat(book("10:00", "\"" + key + "\"").status()).isEqualTo(201);
    assertThat(book("10:00").header(REPLAYED)).isEqualTo("true");
    assertRefused(book("11:00", "k".repeat(256)), 400, "malformed-request");
    assertRefused(
        api.post(
            PATH,
            shop.booking(shop.anna(), day, "11:00"),
            Key.HEADER,
            key + "a",
            Key.HEADER,
            key + "b"),
        400,
        "malformed-request");
  }

  @Test
  void readsTakeNoNoticeOfIt() {
    Reply read = api.get("/api/v1/locations", Key.HEADER, key);

    assertThat(read.status()).isEqualTo(200);
    assertThat(keys()).isZero();
  }

  private Reply book(String time) {
    return book(time, key);
  }

  private Reply book(String time, String withKey) {
    return api.post(PATH, shop.booking(shop.anna(), day, time), Key.HEADER, withKey);
  }

  private long appointments() {
    return api.sql()
        .sql("SELECT count(*) FROM appointments WHERE location_id = ?")
        .param(shop.id())
        .query(Long.class)
        .single();
  }

  private long keys() {
    return api.sql()
        .sql("SELECT count(*) FROM idempotency_keys WHERE key = ?")
        .param(key)
        .query(Long.class)
        .single();
  }

  private static void assertSame(Reply reply, Reply first) {
    assertThat(reply.status()).isEqualTo(first.status());
    assertThat(reply.response().body()).isEqualTo(first.response().body());
    for (String name : List.of("Content-Type", "Location", "Consistency-Token", "ETag")) {
      assertThat(reply.header(name)).as(name).isEqualTo(first.header(name));
    }
    assertThat(first.token()).startsWith("x1-");
  }

  private static void assertRefused(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
  }
}
