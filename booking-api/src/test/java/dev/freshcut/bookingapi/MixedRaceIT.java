package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.ScheduleLog.Counts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Bookings, moves, cancellations and holds at two instances, while others change the schedule by
 * SQL: no appointments overlap, and each was made by the schedule that was in force just then.
 * Writes of appointments take their time, so that whoever does not wait for them comes in between:
 * without the lock of the location a blackout, without that of the barber her time off.
 */
class MixedRaceIT {
  private static final int CLIENTS = 12;
  private static final int REQUESTS = 40;
  private static final int REQUESTS_BETWEEN_RESTS = 10;
  private static final int WRITERS = 4;
  private static final int DAYS = 4;
  private static ApiFixture api;
  private static SecondInstance second;

  @BeforeAll
  static void start() {
    api = new ApiFixture();
    second = new SecondInstance(api, Map.of());
  }

  @AfterAll
  static void stop() {
    second.close();
    api.close();
  }

  @Test
  void everyAppointmentFitsTheScheduleOfItsMoment() throws Exception {
    long seed = Long.getLong("seed", new Random().nextLong());
    System.getLogger("test").log(System.Logger.Level.INFO, "mixed race: -Dseed={0}", "" + seed);
    Shop shop = Shop.open(api.sql(), "Europe/Paris");
    ScheduleLog log = new ScheduleLog(api.sql(), shop);
    log.start();
    linger();
    AtomicInteger clients = new AtomicInteger(CLIENTS);
    Semaphore closed = new Semaphore(0);
    Phaser rests = rests(closed);
    List<Callable<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Guest guest = new Guest(shop, new Random(seed + i), i, rests);
      all.add(
          () -> {
            try {
              guest.run();
            } finally {
              rests.arriveAndDeregister();
              clients.decrementAndGet();
            }
            return true;
          });
    }
    all.add(
        () -> {
          closeAndOpen(shop, new Random(seed + CLIENTS), clients, closed);
          return true;
        });
    for (int i = 0; i < WRITERS; i++) {
      Planner planner = new Planner(shop, new Random(seed - 1 - i));
      all.add(
          () -> {
            while (clients.get() > 0) {
              planner.change();
            }
            return true;
          });
    }
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> each : executor.invokeAll(all)) {
        assertThat(each.get()).isTrue();
      }
    }

    Counts counts = log.check("seed " + seed);
    System.getLogger("test").log(System.Logger.Level.INFO, "mixed race: {0}", counts);
    assertThat(overlaps(shop)).isZero();
    assertThat(counts.booked()).as("booked or held, seed %d", seed).isPositive();
    assertThat(counts.moved()).as("moved, seed %d", seed).isPositive();
    assertThat(counts.changes())
        .as("changes of the schedule, seed %d", seed)
        .isGreaterThan(WRITERS);
    assertThat(counts.blackouts()).as("blackouts between bookings, seed %d", seed).isPositive();
  }

  /**
   * Now and then all clients rest until a blackout is in: whoever books shares the location's lock,
   * past those who wait for it alone.
   */
  private static Phaser rests(Semaphore closed) {
    return new Phaser(CLIENTS) {
      @Override
      protected boolean onAdvance(int phase, int clients) {
        closed.drainPermits();
        try {
          // If none comes, the test fails by what kept it from coming, or for want of blackouts.
          var unused = clients > 0 && closed.tryAcquire(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        return clients == 0;
      }
    };
  }

  /**
   * Nobody works on one of the days, and soon everybody does again. By a connection of its own, as
   * it waits for long: as long as anybody is booking at the location.
   */
  private static void closeAndOpen(
      Shop shop, Random random, AtomicInteger clients, Semaphore closed) throws SQLException {
    try (Connection connection = ApiFixture.servers().postgres().connect(api.database());
        Statement statement = connection.createStatement()) {
      while (clients.get() > 0) {
        LocalDate day = day(shop, random);
        statement.execute(
            """
            INSERT INTO blackouts (location_id, starts_at, ends_at) VALUES (%d, '%s', '%s')
            """
                .formatted(shop.id(), shop.at(day, "09:00"), shop.at(day, "17:00")));
        closed.release();
        statement.execute("SELECT pg_sleep(0.03)");
        statement.execute("DELETE FROM blackouts");
        statement.execute("SELECT pg_sleep(0.03)");
      }
    }
  }

  /** By its name before all others that a written appointment triggers. */
  private static void linger() {
    for (String statement :
        List.of(
            """
            CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              PERFORM pg_sleep(0.03);
              RETURN NEW;
            END
            $$
            """,
            """
            CREATE TRIGGER aa_linger BEFORE INSERT OR UPDATE ON appointments
              FOR EACH ROW EXECUTE FUNCTION linger()
            """)) {
      api.sql().sql(statement).update();
    }
  }

  private static long overlaps(Shop shop) {
    return api.sql()
        .sql(
            """
            SELECT count(*) FROM appointments a JOIN appointments b
              ON a.barber_id = b.barber_id AND a.id < b.id
                AND a.busy_from < b.busy_until AND b.busy_from < a.busy_until
            WHERE a.location_id = ? AND occupies_time(a.status) AND occupies_time(b.status)
            """)
        .param(shop.id())
        .query(Long.class)
        .single();
  }

  private static LocalDate day(Shop shop, Random random) {
    return shop.day(3 + random.nextInt(DAYS));
  }

  /** Some quarter of an hour of the working day. */
  private static String time(Random random) {
    int quarter = random.nextInt(32);
    return "%02d:%02d".formatted(9 + quarter / 4, quarter % 4 * 15);
  }

  /** A client, or one of the shop's, who books, moves, cancels and holds. */
  private static final class Guest {
    private final Shop shop;
    private final Random random;
    private final TestUser user;
    private final boolean isStaff;
    private final boolean atFirst;
    private final Phaser rests;
    private final List<Long> own = new ArrayList<>();

    Guest(Shop shop, Random random, int number, Phaser rests) {
      this.shop = shop;
      this.random = random;
      this.isStaff = number % 3 == 0;
      this.user = isStaff ? TestUser.barber(api, shop) : TestUser.client(api);
      this.atFirst = number % 2 == 0;
      this.rests = rests;
    }

    void run() {
      for (int i = 0; i < REQUESTS; i++) {
        if (i > 0 && i % REQUESTS_BETWEEN_RESTS == 0) {
          rests.arriveAndAwaitAdvance();
        }
        switch (random.nextInt(7)) {
          case 0, 1 -> keep(post("/appointments", wanted(isStaff)));
          case 2, 3 -> move();
          case 4, 5 -> hold();
          default -> cancel();
        }
      }
    }

    private void move() {
      if (own.isEmpty()) {
        keep(post("/appointments", wanted(isStaff)));
        return;
      }
      String barber = random.nextBoolean() ? "" : ", \"barberId\": " + barber();
      post(
          "/appointments/" + any() + "/move",
          "{\"startsAt\": \"%s\"%s}".formatted(shop.at(day(shop, random), time(random)), barber));
    }

    private void hold() {
      Reply held = post("/holds", wanted(false));
      if (held.status() == 201) {
        String path = "/holds/" + held.json().path("id").asLong();
        if (random.nextInt(3) == 0) {
          post(path + "/release", "{}");
        } else {
          keep(post(path + "/appointment", isStaff ? "{" + customer() + "}" : "{}"));
        }
      }
    }

    private void cancel() {
      if (!own.isEmpty()) {
        long id = any();
        post("/appointments/" + id + "/cancel", "{}");
        own.remove(id);
      }
    }

    private void keep(Reply made) {
      if (made.status() == 201) {
        own.add(made.json().path("id").asLong());
      }
    }

    private long any() {
      return own.get(random.nextInt(own.size()));
    }

    private long barber() {
      return random.nextBoolean() ? shop.anna() : shop.ben();
    }

    private String wanted(boolean withCustomer) {
      return "{\"locationId\": %d, \"serviceId\": %d, \"startsAt\": \"%s\"%s%s}"
          .formatted(
              shop.id(),
              shop.cut(),
              shop.at(day(shop, random), time(random)),
              random.nextInt(3) == 0 ? "" : ", \"barberId\": " + barber(),
              withCustomer ? ", " + customer() : "");
    }

    private static String customer() {
      return "\"customer\": {\"name\": \"Zoë\", \"email\": \"zoe@example.org\"}";
    }

    private Reply post(String path, String body) {
      String address = "/api/v1" + path;
      Reply reply =
          atFirst
              ? api.post(address, body, user.header())
              : second.post(address, body, user.header());
      assertThat(reply.status()).as(reply.toString()).isIn(200, 201, 404, 409, 422);
      return reply;
    }
  }

  /** Somebody with psql. */
  private static final class Planner {
    private final Shop shop;
    private final Random random;

    Planner(Shop shop, Random random) {
      this.shop = shop;
      this.random = random;
    }

    void change() {
      long barber = random.nextBoolean() ? shop.anna() : shop.ben();
      OffsetDateTime from = OffsetDateTime.parse(shop.at(day(shop, random), time(random)));
      OffsetDateTime until = from.plus(Duration.ofMinutes(15L * (1 + random.nextInt(6))));
      switch (random.nextInt(6)) {
        case 0, 1 ->
            run(
                "INSERT INTO time_off (location_id, barber_id, starts_at, ends_at) VALUES (?, ?, ?, ?)",
                shop.id(),
                barber,
                from,
                until);
        case 2, 3 -> run("DELETE FROM time_off WHERE id IN (SELECT id FROM time_off LIMIT 1)");
        case 4 ->
            run(
                "UPDATE working_hours SET closes_at = ?::time WHERE barber_id = ?",
                random.nextBoolean() ? "17:00" : "15:00",
                barber);
        default ->
            run(
                """
                INSERT INTO barber_services (location_id, barber_id, service_id, offered,
                  duration_minutes) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (barber_id, service_id) DO UPDATE SET offered = excluded.offered,
                  duration_minutes = excluded.duration_minutes
                """,
                shop.id(),
                barber,
                shop.cut(),
                random.nextInt(4) > 0,
                random.nextBoolean() ? 30 : 45);
      }
    }

    private static void run(String statement, Object... values) {
      api.sql().sql(statement).params(values).update();
    }
  }
}
