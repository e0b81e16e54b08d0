package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever waits for a location has not locked its appointments yet, as whoever has the location may
 * want them next: a change of the time zone does. The other way about is a deadlock.
 */
class LockOrderIT {
  private static final String HOLDS = "/api/v1/holds";
  private static ApiFixture api;
  private Shop shop;

  @BeforeAll
  static void start() {
    // What looks by itself for something to do would wait for the location, too.
    api =
        new ApiFixture(
            Map.of(
                "freshcut.booking.holds.sweep-interval", "1m",
                "freshcut.booking.waiting-list.sweep-interval", "1m"));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
  }

  @ParameterizedTest
  @CsvSource({
    "cancel, confirmed, 3",
    "confirm, pending, 3",
    "complete, confirmed, -3",
    "no-show, confirmed, -3"
  })
  void appointmentIsLockedAfterItsLocation(String action, String status, int day) throws Exception {
    long id = appointment(status, day);

    Reply reply = whileTheLocationIsLocked("/api/v1/appointments/%d/%s".formatted(id, action), id);

    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
  }

  @Test
  void moveLocksTheLocationFirst() throws Exception {
    long id = appointment("confirmed", 3);

    Reply reply =
        whileTheLocationIsLocked(
            "/api/v1/appointments/%d/move".formatted(id),
            "{\"startsAt\": \"%s\"}".formatted(shop.at(shop.day(4), "15:00")),
            id);

    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"release", "appointment"})
  void holdIsLockedAfterItsLocation(String action) throws Exception {
    Reply hold =
        api.post(
            HOLDS,
            "{\"locationId\": %d, \"serviceId\": %d, \"startsAt\": \"%s\"}"
                .formatted(shop.id(), shop.cut(), shop.at(shop.day(3), "10:00")));
    long id = hold.json().path("id").asLong();

    Reply reply =
        whileTheLocationIsLocked(
            HOLDS + "/" + id + "/" + action,
            action.equals("release")
                ? ""
                : "{\"customer\": {\"name\": \"Zoë\", \"email\": \"zoe@example.org\"}}",
            id);

    assertThat(reply.status()).as(reply.toString()).isBetween(200, 201);
  }

  @Test
  void appointmentsOfASeriesAreLockedAfterTheirLocation() throws Exception {
    Reply series =
        api.post(
            "/api/v1/series",
            """
            {"locationId": %d, "serviceId": %d, "firstDate": "%s", "time": "10:00", "count": 2,
             "customer": {"name": "Zoë", "email": "zoe@example.org"}}
            """
                .formatted(shop.id(), shop.cut(), shop.day(3)));
    long id = series.json().at("/occurrences/0/appointment/id").asLong();

    Reply reply = whileTheLocationIsLocked(series.header("Location") + "/cancel", "{}", id);

    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
  }

  /**
   * Between its look at the schedule and its commit nobody can change what it has looked at. The
   * customer is made in between, which another session is just doing as well.
   */
  @ParameterizedTest
  @ValueSource(strings = {"appointments", "series"})
  void scheduleIsKeptWhileABookingIsUnderWay(String what) throws Exception {
    String body =
        """
        {"locationId": %d, "serviceId": %d, %s,
         "customer": {"name": "Zoë", "email": "zoe@example.org"}}
        """
            .formatted(
                shop.id(),
                shop.cut(),
                what.equals("series")
                    ? "\"firstDate\": \"%s\", \"time\": \"10:00\", \"count\": 2"
                        .formatted(shop.day(3))
                    : "\"startsAt\": \"%s\"".formatted(shop.at(shop.day(3), "10:00")));
    CompletableFuture<Reply> reply;
    try (Connection other = api.connection()) {
      other.setAutoCommit(false);
      try {
        select(
            other,
            """
            INSERT INTO customers (location_id, name, email) VALUES (?, 'Zoë', 'zoe@example.org')
            RETURNING id
            """,
            shop.id());
        reply = CompletableFuture.supplyAsync(() -> api.post("/api/v1/" + what, body));
        await().atMost(Duration.ofSeconds(30)).until(LockOrderIT::somebodyWaits);
        assertScheduleIsKept(other, shop.anna(), shop.ben());
      } finally {
        other.rollback();
        other.setAutoCommit(true);
      }
    }
    assertThat(reply.get(60, TimeUnit.SECONDS).status()).isEqualTo(201);
  }

  @Test
  void scheduleIsKeptWhileAMoveIsUnderWay() throws Exception {
    long id = appointment("confirmed", 3);
    String body = "{\"startsAt\": \"%s\"}".formatted(shop.at(shop.day(4), "15:00"));
    CompletableFuture<Reply> reply;
    try (Connection other = api.connection()) {
      other.setAutoCommit(false);
      try {
        select(other, "SELECT id FROM appointments WHERE id = ? FOR NO KEY UPDATE", id);
        reply =
            CompletableFuture.supplyAsync(
                () -> api.post("/api/v1/appointments/%d/move".formatted(id), body));
        await().atMost(Duration.ofSeconds(30)).until(LockOrderIT::somebodyWaits);
        assertScheduleIsKept(other, shop.anna());
      } finally {
        other.rollback();
        other.setAutoCommit(true);
      }
    }
    assertThat(reply.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
  }

  /** As whoever changes a schedule would lock them, which would have to wait. */
  private void assertScheduleIsKept(Connection other, Long... barbers) throws SQLException {
    assertThat(
            select(
                other,
                "SELECT id FROM locations WHERE id = ? FOR NO KEY UPDATE SKIP LOCKED",
                shop.id()))
        .as("the location can be locked by whoever changes its schedule")
        .isFalse();
    for (long barber : barbers) {
      assertThat(
              select(
                  other,
                  "SELECT id FROM barbers WHERE id = ? FOR NO KEY UPDATE SKIP LOCKED",
                  barber))
          .as("barber %d can be locked by whoever changes her schedule", barber)
          .isFalse();
    }
  }

  /** The sweeper of another instance: of the two shops' holds it ends the one that it can. */
  @Test
  void holdThatIsOverIsLockedAfterItsLocation() throws Exception {
    Shop elsewhere = Shop.open(api.sql(), "Europe/Paris");
    long here = holdThatIsOver(shop);
    long there = holdThatIsOver(elsewhere);
    try (Connection other = api.connection()) {
      other.setAutoCommit(false);
      select(other, "SELECT id FROM locations WHERE id = ? FOR NO KEY UPDATE", shop.id());
      SecondInstance sweeper =
          new SecondInstance(
              api,
              Map.of(
                  "freshcut.booking.holds.sweep-interval", "100ms",
                  "freshcut.booking.waiting-list.sweep-interval", "1m"));
      try {
        awaitExpired(there);
        assertThat(
                select(
                    other,
                    """
                    SELECT id FROM appointments WHERE id = ? AND status = 'held'
                    FOR NO KEY UPDATE SKIP LOCKED
                    """,
                    here))
            .as("the hold can be locked by whoever has the location")
            .isTrue();
        other.rollback();
        awaitExpired(here);
      } finally {
        other.rollback();
        other.setAutoCommit(true);
        sweeper.close();
      }
    }
  }

  private static long holdThatIsOver(Shop shop) {
    return Shop.id(
        api.sql(),
        """
        INSERT INTO appointments (location_id, barber_id, service_id, starts_at, status,
          hold_expires_at)
        VALUES (?, ?, ?, ?::timestamptz, 'held', now() - interval '1 minute') RETURNING id
        """,
        shop.id(),
        shop.anna(),
        shop.cut(),
        shop.at(shop.day(3), "10:00"));
  }

  private static void awaitExpired(long id) {
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                api.sql()
                    .sql("SELECT status FROM appointments WHERE id = ?")
                    .param(id)
                    .query(String.class)
                    .single()
                    .equals("expired"));
  }

  private long appointment(String status, int day) {
    return Shop.id(
        api.sql(),
        """
        WITH customer AS (
          INSERT INTO customers (location_id, name, email)
          VALUES (?, 'Zoë', 'zoe@example.org') RETURNING location_id, id)
        INSERT INTO appointments (location_id, barber_id, service_id, customer_id, starts_at, status)
        SELECT c.location_id, ?, ?, c.id, ?::timestamptz, ? FROM customer c RETURNING id
        """,
        shop.id(),
        shop.anna(),
        shop.cut(),
        shop.at(shop.day(day), "12:00"),
        status);
  }

  private Reply whileTheLocationIsLocked(String path, long appointment) throws Exception {
    return whileTheLocationIsLocked(path, "", appointment);
  }

  /** Another session has the location, and gets the appointment while the request waits. */
  private Reply whileTheLocationIsLocked(String path, String body, long appointment)
      throws Exception {
    CompletableFuture<Reply> reply;
    try (Connection other = api.connection()) {
      other.setAutoCommit(false);
      try {
        select(other, "SELECT id FROM locations WHERE id = ? FOR NO KEY UPDATE", shop.id());
        reply = CompletableFuture.supplyAsync(() -> api.post(path, body));
        await().atMost(Duration.ofSeconds(30)).until(LockOrderIT::somebodyWaits);
        assertThat(
                select(
                    other,
                    "SELECT id FROM appointments WHERE id = ? FOR NO KEY UPDATE SKIP LOCKED",
                    appointment))
            .as("the appointment can be locked by whoever has the location")
            .isTrue();
      } finally {
        other.rollback();
        other.setAutoCommit(true);
      }
    }
    return reply.get(60, TimeUnit.SECONDS);
  }

  private static boolean select(Connection connection, String sql, long id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static boolean somebodyWaits() {
    return api.sql()
        .sql(
            """
            SELECT EXISTS (SELECT FROM pg_stat_activity
              WHERE datname = current_database() AND wait_event_type = 'Lock')
            """)
        .query(Boolean.class)
        .single();
  }
}
