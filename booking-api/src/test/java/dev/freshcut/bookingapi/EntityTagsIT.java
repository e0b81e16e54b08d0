package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An appointment's ETag changes with the appointment, and guards changes that are based on it. */
class EntityTagsIT {
  private static final String PATH = "/api/v1/appointments";
  private static ApiFixture api;
  private Shop shop;
  private LocalDate day;
  private Reply made;
  private String path;

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
    made = api.post(PATH, shop.booking(shop.anna(), day, "10:00"));
    path = made.header("Location");
  }

  @Test
  void everyAnswerHasTheVersionAsETag() {
    assertThat(made.header("ETag")).isEqualTo("\"1\"");
    assertThat(api.get(path).header("ETag")).isEqualTo("\"1\"");

    Reply moved = move("12:00");

    assertThat(moved.header("ETag")).isEqualTo("\"2\"");
    assertThat(moved.json().path("version").asLong()).isEqualTo(2);
    assertThat(api.post(path + "/cancel", "").header("ETag")).isEqualTo("\"3\"");
    assertThat(api.post(path + "/cancel", "").header("ETag")).isEqualTo("\"3\"");
  }

  @Test
  void clientThatHasItGetsItNotAgain() {
    Reply same = api.get(path, "If-None-Match", "\"1\"");

    assertThat(same.status()).isEqualTo(304);
    assertThat(same.response().body()).isEmpty();
    assertThat(same.header("ETag")).isEqualTo("\"1\"");
    assertThat(api.get(path, "If-None-Match", "\"7\", W/\"1\"").status()).isEqualTo(304);
    assertThat(api.get(path, "If-None-Match", "*").status()).isEqualTo(304);
    assertThat(api.get(path, "If-None-Match", "\"2\"").json()).isEqualTo(made.json());
    assertThat(api.get(PATH + "/999999", "If-None-Match", "*").status()).isEqualTo(404);
  }

  @Test
  void changeOfAnyWriterChangesTheETag() {
    sql("UPDATE appointments SET note = 'from psql' WHERE id = :id");
    assertThat(api.get(path, "If-None-Match", "\"1\"").header("ETag")).isEqualTo("\"2\"");

    sql(
        "UPDATE appointments SET version = 1, starts_at = starts_at + interval '1 hour' WHERE id = :id");
    assertThat(api.get(path).header("ETag")).isEqualTo("\"3\"");

    sql("UPDATE appointments SET note = note WHERE id = :id");
    assertThat(api.get(path).header("ETag")).isEqualTo("\"3\"");
  }

  @Test
  void changeOfAnotherVersionIsRefused() {
    sql("UPDATE appointments SET note = 'from psql' WHERE id = :id");

    Reply moved = move("12:00", "If-Match", "\"1\"");
    Reply cancelled = api.post(path + "/cancel", "", "If-Match", "W/\"2\"");

    AppointmentsIT.assertProblem(moved, 412, "precondition-failed");
    AppointmentsIT.assertProblem(cancelled, 412, "precondition-failed");
    assertThat(api.get(path).header("ETag")).isEqualTo("\"2\"");
    assertThat(move("12:00", "If-Match", "\"1\", \"2\"").status()).isEqualTo(200);
    assertThat(api.post(path + "/cancel", "", "If-Match", "\"3\"").status()).isEqualTo(200);
    assertThat(api.post(path + "/cancel", "", "If-Match", "*").status()).isEqualTo(200);
    AppointmentsIT.assertProblem(
        api.post(PATH + "/999999/cancel", "", "If-Match", "*"), 404, "appointment-not-found");
  }

  private Reply move(String time, String... headers) {
    return api.post(
        path + "/move", "{\"startsAt\": \"%s\"}".formatted(shop.at(day, time)), headers);
  }

  private void sql(String statement) {
    api.sql().sql(statement).param("id", made.json().path("id").asLong()).update();
  }
}
