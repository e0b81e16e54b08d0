package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppointmentsIT {
  private static final String PATH = "/api/v1/appointments";
  private static final int THREADS = 32;
  private static ApiFixture api;
  private Shop shop;
  private LocalDate day;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
    day = shop.day(3);
  }

  @Test
  void createdAppointmentCanBeRead() {
    Reply made = book(shop.anna(), "10:00");

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(made.token()).startsWith("x1-");
    assertThat(api.get(made.header("Location")).json()).isEqualTo(made.json());
    assertThat(made.json().path("startsAt").asString()).isEqualTo(iso("10:00"));
    assertThat(made.json().path("endsAt").asString()).isEqualTo(iso("10:30"));
    assertThat(made.json().path("date").asString()).isEqualTo(day.toString());
    assertThat(made.json().path("status").asString()).isEqualTo("confirmed");
    assertThat(made.json().path("version").asLong()).isEqualTo(1);
    assertThat(made.json().path("priceMinor").asLong()).isEqualTo(2500);
    assertThat(made.json().path("currency").asString()).isEqualTo("EUR");
  }

  @Test
  void noteMayHaveLinesAndTabs() {
    Reply made =
        api.post(
            PATH,
            shop.booking(shop.anna(), day, "10:00")
                .replace("\"customer\"", "\"note\": \"one\\r\\n\\ttwo\", \"customer\""));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(
            api.sql()
                .sql("SELECT note FROM appointment_notes WHERE appointment_id = ?")
                .param(made.json().path("id").asLong())
                .query(String.class)
                .single())
        .isEqualTo("one\n\ttwo");
  }

  @Test
  void bufferedTimeIsTaken() {
    book(shop.anna(), "10:00");

    Reply overlapping = book(shop.anna(), "10:35");

    assertProblem(overlapping, 409, "slot-taken");
    assertThat(book(shop.anna(), "10:40").status()).isEqualTo(201);
    assertThat(book(shop.ben(), "10:00").status()).isEqualTo(201);
  }

  @Test
  void customerIsKnownByEmail() {
    long first = book(shop.anna(), "10:00").json().path("customerId").asLong();
    long second = book(shop.anna(), "12:00").json().path("customerId").asLong();

    assertThat(second).isEqualTo(first);
  }

  @Test
  void movedAppointmentGivesItsTimeBack() {
    Reply made = book(shop.anna(), "10:00");

    Reply moved = move(made, "{\"startsAt\": \"%s\"}".formatted(shop.at(day.plusDays(1), "14:00")));

    assertThat(moved.status()).as(moved.toString()).isEqualTo(200);
    assertThat(moved.token()).startsWith("x1-");
    assertThat(moved.json().path("date").asString()).isEqualTo(day.plusDays(1).toString());
    assertThat(moved.json().path("id")).isEqualTo(made.json().path("id"));
    assertThat(moved.json().path("barberId").asLong()).isEqualTo(shop.anna());
    assertThat(moved.json().path("version").asLong()).isEqualTo(2);
    assertThat(book(shop.anna(), "10:00").status()).isEqualTo(201);
  }

  @Test
  void appointmentMovesToAnotherBarberAndWithinItsOwnTime() {
    Reply made = book(shop.anna(), "10:00");

    Reply later = move(made, "{\"startsAt\": \"%s\"}".formatted(shop.at(day, "10:20")));
    Reply other =
        move(
            made,
            "{\"startsAt\": \"%s\", \"barberId\": %d}"
                .formatted(shop.at(day, "10:20"), shop.ben()));

    assertThat(later.status()).as(later.toString()).isEqualTo(200);
    assertThat(other.json().path("barberId").asLong()).isEqualTo(shop.ben());
  }

  @Test
  void movedAppointmentKeepsWhatWasAgreed() {
    Reply made = book(shop.anna(), "10:00");
    api.sql()
        .sql("UPDATE services SET duration_minutes = 90, price_minor = 9900 WHERE id = ?")
        .param(shop.cut())
        .update();

    Reply moved =
        move(
            made,
            "{\"startsAt\": \"%s\", \"barberId\": %d}"
                .formatted(shop.at(day, "12:00"), shop.ben()));

    assertThat(moved.json().path("endsAt").asString()).isEqualTo(iso("12:30"));
    assertThat(moved.json().path("priceMinor").asLong()).isEqualTo(2500);
  }

  @Test
  void moveOntoAnotherAppointmentIsRefusedAndChangesNothing() {
    Reply made = book(shop.anna(), "10:00");
    book(shop.anna(), "12:00");

    Reply moved = move(made, "{\"startsAt\": \"%s\"}".formatted(shop.at(day, "12:15")));

    assertProblem(moved, 409, "slot-taken");
    assertThat(api.get(made.header("Location")).json()).isEqualTo(made.json());
  }

  @Test
  void cancelledAppointmentGivesItsTimeBackAndStaysCancelled() {
    Reply made = book(shop.anna(), "10:00");

    Reply cancelled = api.post(made.header("Location") + "/cancel", "");
    Reply again = api.post(made.header("Location") + "/cancel", "");

    assertThat(cancelled.json().path("status").asString()).isEqualTo("cancelled");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(cancelled.json());
    assertThat(book(shop.anna(), "10:00").status()).isEqualTo(201);
    assertProblem(
        move(made, "{\"startsAt\": \"%s\"}".formatted(shop.at(day, "12:00"))),
        409,
        "appointment-closed");
  }

  @Test
  void completedAppointmentCannotBeCancelled() {
    Reply made = book(shop.anna(), "10:00");
    api.sql()
        .sql("UPDATE appointments SET status = 'completed' WHERE id = ?")
        .param(made.json().path("id").asLong())
        .update();

    assertProblem(api.post(made.header("Location") + "/cancel", ""), 409, "appointment-closed");
  }

  @Test
  void timeMustSuitTheShop() {
    assertProblem(book(shop.anna(), "08:30"), 422, "outside-working-hours");
    assertProblem(book(shop.anna(), "16:45"), 422, "outside-working-hours");
    assertProblem(
        api.post(PATH, shop.booking(shop.anna(), shop.day(-1), "10:00")), 422, "too-short-notice");
    assertProblem(
        api.post(PATH, shop.booking(shop.anna(), shop.day(366), "10:00")), 422, "beyond-horizon");
    api.sql()
        .sql("UPDATE working_hours SET closes_at = '24:00' WHERE barber_id = ?")
        .param(shop.anna())
        .update();
    assertProblem(book(shop.anna(), "23:30"), 422, "crosses-midnight");
    assertThat(book(shop.anna(), "23:20").status()).isEqualTo(201);
  }

  @Test
  void strangersAreNotFound() {
    Shop other = Shop.open(api.sql(), "America/New_York");

    assertProblem(book(other.anna(), "10:00"), 404, "barber-not-found");
    assertProblem(
        api.post(
            PATH,
            shop.booking(shop.anna(), day, "10:00")
                .replace("\"serviceId\": " + shop.cut(), "\"serviceId\": " + other.cut())),
        404,
        "service-not-found");
    assertProblem(
        api.post(
            PATH,
            shop.booking(shop.anna(), day, "10:00")
                .replace("\"locationId\": " + shop.id(), "\"locationId\": 999999")),
        404,
        "location-not-found");
    assertProblem(api.get(PATH + "/999999"), 404, "appointment-not-found");
    assertProblem(api.post(PATH + "/999999/cancel", ""), 404, "appointment-not-found");
    assertProblem(
        api.post(PATH + "/999999/move", "{\"startsAt\": \"2030-01-01T10:00:00Z\"}"),
        404,
        "appointment-not-found");
    api.sql().sql("UPDATE barbers SET active = false WHERE id = ?").param(shop.anna()).update();
    assertProblem(book(shop.anna(), "10:00"), 404, "barber-not-found");
  }

  @Test
  void oneOfManyGetsTheSlot() {
    List<Reply> replies = together(i -> book(shop.anna(), i % 2 == 0 ? "10:00" : "10:15"));

    assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
    assertThat(replies)
        .filteredOn(reply -> reply.status() != 201)
        .allSatisfy(reply -> assertProblem(reply, 409, "slot-taken"));
  }

  @Test
  void oneOfManyMovesIntoTheSlot() {
    List<Reply> made = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      made.add(
          api.post(
              PATH,
              shop.booking(shop.anna(), day.plusDays(1 + i / 8), "%02d:00".formatted(9 + i % 8))));
    }
    assertThat(made).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(201));

    List<Reply> replies =
        together(
            i ->
                move(
                    made.get(i),
                    "{\"startsAt\": \"%s\", \"barberId\": %d}"
                        .formatted(shop.at(day, "10:00"), shop.ben())));

    assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
    assertThat(replies)
        .filteredOn(reply -> reply.status() != 200)
        .allSatisfy(reply -> assertProblem(reply, 409, "slot-taken"));
  }

  /**
   * Two appointments that each want the other's time: PostgreSQL sees a deadlock, clients do not.
   */
  @Test
  void swappingIsRefusedNotFailed() {
    for (int round = 0; round < 10; round++) {
      LocalDate date = day.plusDays(round);
      List<Reply> made =
          List.of(
              api.post(PATH, shop.booking(shop.anna(), date, "10:00")),
              api.post(PATH, shop.booking(shop.ben(), date, "10:00")));

      List<Reply> replies =
          together(
              2,
              i ->
                  move(
                      made.get(i),
                      "{\"startsAt\": \"%s\", \"barberId\": %d}"
                          .formatted(shop.at(date, "10:00"), i == 0 ? shop.ben() : shop.anna())));

      assertThat(replies).allSatisfy(reply -> assertProblem(reply, 409, "slot-taken"));
    }
  }

  /**
   * PostgreSQL gives up one of two transactions that wait for each other: here the API's, as the
   * other looks for deadlocks too late. The API repeats it.
   */
  @Test
  void deadlockWithAnotherClientIsNotTheClientsConcern() throws Exception {
    Reply made = book(shop.anna(), "10:00");
    try (Connection other = ApiFixture.servers().postgres().connect(api.database());
        Statement statement = other.createStatement();
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      statement.execute("SET deadlock_timeout = '1min'");
      other.setAutoCommit(false);
      statement.execute("SELECT FROM barbers WHERE id = %d FOR UPDATE".formatted(shop.ben()));
      Future<Reply> moved =
          executor.submit(
              () ->
                  move(
                      made,
                      "{\"startsAt\": \"%s\", \"barberId\": %d}"
                          .formatted(shop.at(day, "12:00"), shop.ben())));
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(10))
          .until(AppointmentsIT::somebodyWaits);
      statement.execute(
          "UPDATE appointments SET price_minor = 1 WHERE id = " + made.json().path("id").asLong());
      other.commit();

      assertThat(moved.get().status()).as(moved.get().toString()).isEqualTo(200);
    }
  }

  /** Whoever books waits for what is being changed, and is bound by it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO barber_services (location_id, barber_id, service_id, duration_minutes) VALUES (:shop, :anna, :cut, 60) | 11:00",
        "INSERT INTO barber_services (location_id, barber_id, service_id, offered) VALUES (:shop, :anna, :cut, false) | service-not-offered",
        "UPDATE services SET duration_minutes = 90 WHERE id = :cut | 11:30",
        "UPDATE services SET active = false WHERE id = :cut | service-not-found",
        "DELETE FROM services WHERE id = :cut | service-not-found",
        "UPDATE booking_settings SET horizon_days = 1 WHERE location_id = :shop | beyond-horizon",
        "INSERT INTO time_off (location_id, barber_id, starts_at, ends_at) VALUES (:shop, :anna, now(), now() + interval '20 days') | outside-working-hours",
      })
  void whatIsBeingChangedCounts(String change, String result) throws Exception {
    try (Connection other = api.connection();
        Statement statement = other.createStatement();
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      other.setAutoCommit(false);
      statement.execute(
          change
              .replace(":shop", "" + shop.id())
              .replace(":anna", "" + shop.anna())
              .replace(":cut", "" + shop.cut()));
      Future<Reply> booked = executor.submit(() -> book(shop.anna(), "10:00"));
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> booked.isDone() || somebodyWaits());
      assertThat(booked.isDone()).as("booked by what is being changed").isFalse();
      other.commit();

      Reply reply = booked.get();
      if (result.contains(":")) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
        assertThat(reply.json().path("endsAt").asString()).contains("T" + result);
      } else {
        assertThat(reply.code()).as(reply.toString()).isEqualTo(result);
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

  private Reply book(long barber, String time) {
    return api.post(PATH, shop.booking(barber, day, time));
  }

  private static Reply move(Reply made, String body) {
    return api.post(PATH + "/" + made.json().path("id").asLong() + "/move", body);
  }

  private String iso(String time) {
    return shop.at(day, time).replace("T" + time, "T" + time + ":00");
  }

  private static List<Reply> together(IntFunction<Reply> request) {
    return together(THREADS, request);
  }

  private static List<Reply> together(int threads, IntFunction<Reply> request) {
    CyclicBarrier barrier = new CyclicBarrier(threads);
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Callable<Reply>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        calls.add(
            () -> {
              barrier.await();
              return request.apply(number);
            });
      }
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> reply : executor.invokeAll(calls)) {
        replies.add(reply.get());
      }
      return replies;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static void assertProblem(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.json().path("type").asString()).isEqualTo("urn:freshcut:problem:" + code);
    assertThat(reply.json().path("status").asInt()).isEqualTo(status);
    assertThat(reply.json().path("title").asString()).isNotBlank();
    assertThat(reply.json().path("detail").asString()).isNotBlank();
  }
}
