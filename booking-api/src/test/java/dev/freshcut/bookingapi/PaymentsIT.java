package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Payments: never more than is due, never more back than was paid, in one currency. */
class PaymentsIT {
  private static final String PATH = "/api/v1/payments";
  private static ApiFixture api;
  private Shop shop;
  private TestUser barber;
  private TestUser owner;
  private long appointment;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
  }

  /** An appointment of 25.00 EUR. */
  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
    barber = TestUser.barber(api, shop);
    owner = TestUser.owner(api, shop);
    appointment = book("10:00");
  }

  private long book(String time) {
    return api.post("/api/v1/appointments", shop.booking(shop.anna(), shop.day(3), time))
        .json()
        .path("id")
        .asLong();
  }

  private String payment(long amount, String more) {
    return "{\"appointmentId\": %d, \"method\": \"card\", \"amountMinor\": %d%s}"
        .formatted(appointment, amount, more);
  }

  private Reply pay(long amount, String more) {
    return barber.post(PATH, payment(amount, more));
  }

  private Reply refund(long payment, long amount, String more) {
    return owner.post(
        PATH + "/" + payment + "/refund", "{\"amountMinor\": %d%s}".formatted(amount, more));
  }

  private static long id(Reply made) {
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    return made.json().path("id").asLong();
  }

  @Test
  void paymentHasWhatItsAppointmentHas() {
    Reply made = pay(3000, ", \"tipMinor\": 500, \"currency\": \"EUR\"");

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(made.header("Location")).isEqualTo(PATH + "/" + id(made));
    assertThat(made.header("ETag")).isEqualTo("\"1\"");
    assertThat(made.token()).isNotEmpty();
    assertThat(made.json().path("kind").asString()).isEqualTo("payment");
    assertThat(made.json().path("status").asString()).isEqualTo("settled");
    assertThat(made.json().path("currency").asString()).isEqualTo("EUR");
    assertThat(made.json().path("locationId").asLong()).isEqualTo(shop.id());
    assertThat(made.json().path("tipMinor").asLong()).isEqualTo(500);
    assertThat(barber.get(made.header("Location")).json()).isEqualTo(made.json());
  }

  @Test
  void neverMoreThanThePriceAndTips() {
    assertTooHigh(pay(2501, ""));
    id(pay(1500, ", \"tipMinor\": 500"));
    assertTooHigh(pay(1501, ""));
    id(pay(1000, ", \"status\": \"pending\""));
    assertTooHigh(pay(501, ""));
    long last = id(pay(500, ""));
    id(pay(700, ", \"tipMinor\": 700"));
    assertTooHigh(pay(1, ""));
    id(refund(last, 300, ""));
    assertTooHigh(pay(301, ""));
    id(pay(300, ""));
  }

  @Test
  void whatFailedIsStillToPay() {
    long pending = id(pay(2500, ", \"status\": \"pending\""));
    assertTooHigh(pay(2500, ""));

    assertThat(barber.post(PATH + "/" + pending + "/fail", "").status()).isEqualTo(200);

    id(pay(2500, ""));
    AppointmentsIT.assertProblem(
        barber.post(PATH + "/" + pending + "/settle", ""), 409, "payment-closed");
    AppointmentsIT.assertProblem(refund(pending, 1, ""), 409, "payment-closed");
  }

  @Test
  void refundsTogetherAreAtMostThePayment() {
    long paid = id(pay(2900, ", \"tipMinor\": 400"));
    id(refund(paid, 2000, ""));
    assertTooHigh(refund(paid, 501, ""));
    assertTooHigh(refund(paid, 401, ", \"tipMinor\": 401"));
    long pending = id(refund(paid, 500, ", \"status\": \"pending\""));
    assertTooHigh(refund(paid, 1, ""));
    AppointmentsIT.assertProblem(refund(pending, 1, ""), 409, "payment-closed");
    for (String deed : List.of("/fail", "/settle")) {
      AppointmentsIT.assertProblem(barber.post(PATH + "/" + pending + deed, ""), 403, "forbidden");
    }
    assertThat(owner.post(PATH + "/" + pending + "/fail", "").status()).isEqualTo(200);
    Reply rest = refund(paid, 900, ", \"tipMinor\": 400, \"method\": \"cash\"");
    assertThat(id(rest)).isPositive();
    assertThat(rest.json().path("refundOf").asLong()).isEqualTo(paid);
    assertThat(rest.json().path("method").asString()).isEqualTo("cash");
    assertTooHigh(refund(paid, 1, ""));
    assertTooHigh(refund(paid, 1, ", \"tipMinor\": 1"));
  }

  private static void assertTooHigh(Reply reply) {
    AppointmentsIT.assertProblem(reply, 422, "amount-too-high");
  }

  @Test
  void nothingIsGivenBackBeforeItWasPaid() {
    String paidAt = "2026-03-28T12:00:00Z";
    long paid = id(recordByOwner(1000, paidAt));

    Reply before = refund(paid, 100, ", \"paidAt\": \"2026-03-28T11:59:59.999Z\"");
    AppointmentsIT.assertProblem(before, 400, "invalid-request");
    assertThat(before.json().at("/errors/0/field").asString()).isEqualTo("paidAt");
    id(refund(paid, 100, ", \"paidAt\": \"" + paidAt + "\""));
    id(refund(paid, 100, ""));
    long pending = id(refund(paid, 100, ", \"status\": \"pending\""));
    assertRefused(
        () -> update("payments SET status = 'settled', paid_at = '2026-03-27'", pending),
        "before it was paid");
    assertThat(owner.post(PATH + "/" + pending + "/settle", "").status()).isEqualTo(200);
  }

  /** Who noted when it was paid may have had a clock ahead of the database's. */
  @Test
  void refundOfNowIsNotBeforeAPaymentOfASlightlyFasterClock() {
    api.sql()
        .sql(
            """
            INSERT INTO payments (location_id, appointment_id, method, status, amount_minor,
              currency, paid_at)
            VALUES (?, ?, 'cash', 'settled', 1000, 'EUR', now() + interval '1 hour')
            """)
        .params(shop.id(), appointment)
        .update();
    Reply paid = barber.get(PATH + "?appointment=" + appointment);

    Reply refund = refund(ids(paid).getFirst(), 100, "");

    assertThat(id(refund)).isPositive();
    assertThat(refund.json().path("paidAt")).isEqualTo(paid.json().at("/items/0/paidAt"));
  }

  @Test
  void barbersNotePaymentsOfTheLastDaysOnly() {
    Instant now = api.bean(Clock.class).instant();
    String late = ", \"paidAt\": \"" + now.minus(Duration.ofDays(8)) + "\"";

    Reply refused = pay(100, late);

    AppointmentsIT.assertProblem(refused, 400, "invalid-request");
    assertThat(refused.json().at("/errors/0/field").asString()).isEqualTo("paidAt");
    id(pay(100, ", \"paidAt\": \"" + now.minus(Duration.ofDays(6)) + "\""));
    id(owner.post(PATH, payment(100, late)));
  }

  private Reply recordByOwner(long amount, String paidAt) {
    return owner.post(PATH, payment(amount, ", \"paidAt\": \"" + paidAt + "\""));
  }

  @Test
  void settlingIsForGood() {
    Reply made = pay(1000, ", \"status\": \"pending\"");
    assertThat(made.json().has("paidAt")).isFalse();
    String path = made.header("Location");
    AppointmentsIT.assertProblem(
        barber.post(path + "/refund", "{\"amountMinor\": 1}"), 403, "forbidden");
    AppointmentsIT.assertProblem(refund(id(made), 1, ""), 409, "payment-closed");

    Reply settled = api.post(path + "/settle", "", "If-Match", "\"1\"");

    assertThat(settled.status()).as(settled.toString()).isEqualTo(200);
    assertThat(settled.header("ETag")).isEqualTo("\"2\"");
    assertThat(settled.json().path("paidAt").asString()).isNotEmpty();
    assertThat(barber.post(path + "/settle", "").json()).isEqualTo(settled.json());
    AppointmentsIT.assertProblem(barber.post(path + "/fail", ""), 409, "payment-closed");
    AppointmentsIT.assertProblem(
        api.post(path + "/settle", "", "If-Match", "\"1\""), 412, "precondition-failed");
  }

  @Test
  void repeatedRequestPaysOnce() {
    for (int i = 0; i < 2; i++) {
      Reply reply = api.post(PATH, payment(2500, ""), "Idempotency-Key", "till-" + appointment);
      assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    }
    assertThat(list("appointment=" + appointment)).hasSize(1);
  }

  @Test
  void requestsAreChecked() {
    for (String more :
        List.of(
            ", \"tipMinor\": 101",
            ", \"status\": \"failed\"",
            ", \"paidAt\": \"2190-01-01T10:00:00Z\"",
            ", \"status\": \"pending\", \"paidAt\": \"2020-01-01T10:00:00Z\"",
            ", \"currency\": \"eur\"",
            ", \"tipMinor\": -1",
            ", \"kind\": \"refund\"")) {
      AppointmentsIT.assertProblem(pay(100, more), 400, "invalid-request");
    }
    AppointmentsIT.assertProblem(pay(0, ""), 400, "invalid-request");
    AppointmentsIT.assertProblem(pay(1_000_000_001, ""), 400, "invalid-request");
    AppointmentsIT.assertProblem(pay(100, ", \"currency\": \"USD\""), 422, "currency-mismatch");
    Reply hold =
        api.post(
            "/api/v1/holds",
            "{\"locationId\": %d, \"serviceId\": %d, \"startsAt\": \"%s\"}"
                .formatted(shop.id(), shop.cut(), shop.at(shop.day(4), "10:00")));
    assertThat(hold.status()).as(hold.toString()).isEqualTo(201);
    appointment = hold.json().path("id").asLong();
    AppointmentsIT.assertProblem(pay(100, ""), 404, "appointment-not-found");
  }

  @Test
  void othersAreNotThere() {
    long paid = id(pay(2500, ""));
    Shop elsewhere = Shop.open(api.sql(), "Europe/Paris");
    TestUser other = TestUser.owner(api, elsewhere);

    AppointmentsIT.assertProblem(other.get(PATH + "/" + paid), 404, "payment-not-found");
    AppointmentsIT.assertProblem(
        TestUser.client(api).get(PATH + "/" + paid), 404, "payment-not-found");
    AppointmentsIT.assertProblem(other.post(PATH, payment(1, "")), 404, "appointment-not-found");
    AppointmentsIT.assertProblem(
        other.post(PATH + "/" + paid + "/refund", "{\"amountMinor\": 1}"),
        404,
        "payment-not-found");
    AppointmentsIT.assertProblem(
        other.get(PATH + "?location=" + shop.id()), 404, "location-not-found");
    assertThat(ids(other.get(PATH))).isEmpty();
    assertThat(ids(TestUser.client(api).get(PATH))).isEmpty();
    assertThat(ids(barber.get(PATH))).containsExactly(paid);
  }

  @Test
  void clientsSeeTheirOwn() {
    TestUser client = TestUser.client(api);
    id(pay(2500, ""));
    String body = shop.booking(shop.anna(), shop.day(3), "12:00");
    appointment =
        id(
            client.post(
                "/api/v1/appointments",
                body.substring(0, body.lastIndexOf(",", body.indexOf("customer"))) + "}"));
    long hers = id(pay(2500, ""));

    assertThat(ids(client.get(PATH))).containsExactly(hers);
    assertThat(client.get(PATH + "/" + hers).status()).isEqualTo(200);
  }

  @Test
  void listIsInOrderAndFiltered() {
    long first = id(recordByOwner(100, "2026-03-28T22:59:59Z")); // 28th in Paris
    long second = id(recordByOwner(100, "2026-03-28T23:00:00Z")); // 29th
    long third = id(recordByOwner(100, "2026-03-29T21:59:59Z")); // the day of 23 hours
    long fourth = id(recordByOwner(100, "2026-03-29T22:00:00Z")); // 30th
    long before = id(recordByOwner(100, "2026-03-01T10:00:00Z"));
    long refund = id(refund(before, 50, ", \"paidAt\": \"2026-03-28T12:00:00Z\""));
    long pending = id(pay(100, ", \"status\": \"pending\""));
    List<Long> all = List.of(before, refund, first, second, third, fourth, pending);

    for (int limit : List.of(1, 2, 3, 7)) {
      assertThat(list("limit=" + limit)).isEqualTo(all);
    }
    assertThat(list("from=2026-03-29&to=2026-03-29&limit=1")).containsExactly(second, third);
    assertThat(list("to=2026-03-28")).containsExactly(before, refund, first);
    assertThat(list("from=2026-03-30&to=2026-03-31")).containsExactly(fourth);
    assertThat(list("kind=refund")).containsExactly(refund);
    assertThat(list("status=pending")).containsExactly(pending);
    assertThat(list("method=cash")).isEmpty();
    assertThat(list("appointment=" + appointment)).hasSize(7);
    assertThat(list("appointment=999999")).isEmpty();
    for (String wrong : List.of("kind=gift", "method=gold", "status=paid", "from=1999-01-01")) {
      AppointmentsIT.assertProblem(barber.get(PATH + "?" + wrong), 400, "invalid-request");
    }
  }

  private List<Long> list(String query) {
    List<Long> seen = new ArrayList<>();
    String cursor = "";
    do {
      Reply page = barber.get(PATH + "?" + query + cursor);
      assertThat(page.status()).as(page.toString()).isEqualTo(200);
      seen.addAll(ids(page));
      String next = page.json().path("nextCursor").asString("");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return seen;
  }

  private static List<Long> ids(Reply page) {
    return page.json().path("items").valueStream().map(item -> item.path("id").asLong()).toList();
  }

  /** Of 20 who want a third each, at two instances, three get it. */
  @Test
  void racingRefundsGiveBackNoMoreThanWasPaid() throws Exception {
    long paid = id(pay(2500, ""));
    try (SecondInstance second = new SecondInstance(api, Map.of())) {
      List<Reply> replies =
          race(
              20,
              n ->
                  n % 2 == 0
                      ? refund(paid, 833, "")
                      : second.post(PATH + "/" + paid + "/refund", "{\"amountMinor\": 833}"));

      assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(3);
      assertThat(replies)
          .filteredOn(reply -> reply.status() != 201)
          .allSatisfy(PaymentsIT::assertTooHigh);
    }
    assertThat(
            api.sql()
                .sql("SELECT sum(amount_minor) FROM payments WHERE refund_of = ?")
                .param(paid)
                .query(Long.class)
                .single())
        .isEqualTo(3 * 833);
  }

  @Test
  void racingPaymentsPayNoMoreThanThePrice() throws Exception {
    List<Reply> replies = race(20, n -> pay(1000, ""));

    assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(2);
    assertThat(replies)
        .filteredOn(reply -> reply.status() != 201)
        .allSatisfy(PaymentsIT::assertTooHigh);
  }

  private interface Request {
    Reply send(int number) throws Exception;
  }

  private static List<Reply> race(int clients, Request request) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(clients);
    List<Reply> replies = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> sent = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int number = i;
        sent.add(
            executor.submit(
                () -> {
                  barrier.await();
                  return request.send(number);
                }));
      }
      for (Future<Reply> each : sent) {
        replies.add(each.get());
      }
    }
    return replies;
  }

  /** By SQL, past the service's checks: the second waits for what the first is about to write. */
  @Test
  void databaseAloneKeepsRacingRefundsWithinThePayment() throws Exception {
    long paid = id(pay(2500, ""));

    assertSecondWaitsAndIsRefused(
        statement("refund", paid, 2000, 0, "EUR"), "given back than was paid");
  }

  @Test
  void databaseAloneKeepsRacingPaymentsWithinThePrice() throws Exception {
    assertSecondWaitsAndIsRefused(statement("payment", "NULL", 2000, 0, "EUR"), "than the price");
  }

  private static void assertSecondWaitsAndIsRefused(String insert, String reason) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        Connection first = ApiFixture.servers().postgres().connect(api.database());
        Connection second = ApiFixture.servers().postgres().connect(api.database());
        Statement open = first.createStatement();
        Statement late = second.createStatement()) {
      first.setAutoCommit(false);
      open.execute(insert);
      long session = second.unwrap(PGConnection.class).getBackendPID();
      Future<Boolean> done = executor.submit(() -> late.execute(insert));
      try {
        await().atMost(Duration.ofSeconds(30)).until(() -> done.isDone() || waits(session));
        assertThat(done.isDone()).as("done before the first is").isFalse();
      } finally {
        first.commit();
      }
      assertThatThrownBy(done::get).rootCause().hasMessageContaining(reason);
    }
  }

  private static boolean waits(long session) {
    return api.sql()
        .sql("SELECT EXISTS (SELECT FROM pg_locks WHERE pid = ? AND NOT granted)")
        .param(session)
        .query(Boolean.class)
        .single();
  }

  private void insert(String kind, Object refundOf, long amount, long tip, String currency) {
    api.sql().sql(statement(kind, refundOf, amount, tip, currency)).update();
  }

  private String statement(String kind, Object refundOf, long amount, long tip, String currency) {
    return String.format(
        Locale.ROOT,
        """
        INSERT INTO payments (location_id, appointment_id, kind, refund_of, method, status,
          amount_minor, tip_minor, currency)
        VALUES (%d, %d, '%s', %s, 'cash', 'settled', %d, %d, '%s')
        """,
        shop.id(),
        appointment,
        kind,
        refundOf,
        amount,
        tip,
        currency);
  }

  @Test
  void databaseRefusesWhatIsWrong() {
    long paid = id(pay(2000, ", \"tipMinor\": 100"));
    long pending = id(pay(100, ", \"status\": \"pending\""));
    long refund = id(refund(paid, 100, ""));

    assertRefused(() -> insert("payment", "NULL", 701, 0, "EUR"), "than the price");
    assertRefused(() -> insert("payment", "NULL", 100, 0, "USD"), "currency is EUR");
    assertRefused(() -> insert("payment", "NULL", 100, 101, "EUR"), "payments_tip");
    assertRefused(() -> insert("payment", "NULL", 0, 0, "EUR"), "amount_minor_check");
    assertRefused(() -> insert("refund", "NULL", 1, 0, "EUR"), "only settled|payments_refund_of");
    assertRefused(() -> insert("refund", pending, 1, 0, "EUR"), "only settled");
    assertRefused(() -> insert("refund", refund, 1, 0, "EUR"), "only settled");
    assertRefused(() -> insert("refund", paid, 1801, 0, "EUR"), "given back than was paid");
    assertRefused(() -> insert("refund", paid, 101, 101, "EUR"), "given back than was paid");
    for (String change :
        List.of(
            "amount_minor = 1",
            "currency = 'USD'",
            "status = 'failed'",
            "status = 'pending', paid_at = NULL",
            "paid_at = now()",
            "method = 'cash'")) {
      assertRefused(() -> update("payments SET " + change, paid), "does not change");
    }
    assertRefused(() -> update("payments SET amount_minor = 1", pending), "does not change");
    assertRefused(
        () -> update("payments SET status = 'settled', amount_minor = 1", pending),
        "nothing else of it changes");
    assertRefused(() -> update("appointments SET price_minor = 100", appointment), "has payments");
    assertRefused(() -> update("appointments SET currency = 'USD'", appointment), "has payments");
    assertRefused(
        () -> api.sql().sql("DELETE FROM payments WHERE id = ?").param(paid).update(),
        "not deleted");
    assertRefused(
        () -> api.sql().sql("DELETE FROM appointments WHERE id = ?").param(appointment).update(),
        "payments");
    update("appointments SET price_minor = 3000", appointment);
    insert("payment", "NULL", 600, 0, "EUR");
    assertThat(api.sql().sql("DELETE FROM locations WHERE id = ?").param(shop.id()).update())
        .isOne();
  }

  private static void update(String what, long id) {
    api.sql().sql("UPDATE " + what + " WHERE id = ?").param(id).update();
  }

  private static void assertRefused(ThrowingCallable statement, String reason) {
    assertThatThrownBy(statement).rootCause().message().containsPattern(reason);
  }
}
