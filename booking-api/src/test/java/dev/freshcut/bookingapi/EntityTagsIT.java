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
  private static final String NOTE =
      """
      INSERT INTO appointment_notes (location_id, appointment_id, note)
      SELECT location_id, id, 'from psql' FROM appointments WHERE id = :id
      """;
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
  void everyAnswerHasTheVersionInItsETag() {
    assertThat(made.header("ETag")).matches("\"1-[0-9a-f]{8}\"");
    assertThat(api.get(path).header("ETag")).isEqualTo(made.header("ETag"));

    Reply moved = move("12:00");

    assertThat(moved.header("ETag")).startsWith("\"2-");
    assertThat(moved.json().path("version").asLong()).isEqualTo(2);
    String cancelled = api.post(path + "/cancel", "").header("ETag");
    assertThat(cancelled).startsWith("\"3-");
    assertThat(api.post(path + "/cancel", "").header("ETag")).isEqualTo(cancelled);
  }

  @Test
  void clientThatHasItGetsItNotAgain() {
    String tag = made.header("ETag");
    Reply same = api.get(path, "If-None-Match", tag);

    assertThat(same.status()).isEqualTo(304);
    assertThat(same.response().body()).isEmpty();
    assertThat(same.header("ETag")).isEqualTo(tag);
    assertThat(api.get(path, "If-None-Match", "\"7\", W/" + tag).status()).isEqualTo(304);
    assertThat(api.get(path, "If-None-Match", "*").status()).isEqualTo(304);
    assertThat(api.get(path, "If-None-Match", "\"1\"").json()).isEqualTo(made.json());
    assertThat(api.get(PATH + "/999999", "If-None-Match", "*").status()).isEqualTo(404);
  }

  @Test
  void changeOfAnyWriterChangesTheETag() {
    sql("UPDATE appointments SET price_minor = 1 WHERE id = :id");
    assertThat(api.get(path, "If-None-Match", made.header("ETag")).header("ETag"))
        .startsWith("\"2-");

    sql(
        "UPDATE appointments SET version = 1, starts_at = starts_at + interval '1 hour' WHERE id = :id");
    assertThat(api.get(path).header("ETag")).startsWith("\"3-");

    sql("UPDATE appointments SET price_minor = price_minor WHERE id = :id");
    assertThat(api.get(path).header("ETag")).startsWith("\"3-");
  }

  @Test
  void changeOfTheNoteChangesTheETag() {
    sql(NOTE);
    Reply noted = api.get(path, "If-None-Match", made.header("ETag"));
    assertThat(noted.json().path("note").asString()).isEqualTo("from psql");
    assertThat(noted.header("ETag")).startsWith("\"2-");

    sql("UPDATE appointment_notes SET note = 'another' WHERE appointment_id = :id");
    assertThat(api.get(path).header("ETag")).startsWith("\"3-");
    sql("UPDATE appointment_notes SET note = note WHERE appointment_id = :id");
    assertThat(api.get(path).header("ETag")).startsWith("\"3-");

    sql("DELETE FROM appointment_notes WHERE appointment_id = :id");
    assertThat(api.get(path).header("ETag")).startsWith("\"4-");
    assertThat(api.get(path).json().has("note")).isFalse();
  }

  /** The answer has the version that the next request sees. */
  @Test
  void appointmentThatIsMadeWithANoteHasOneVersion() {
    Reply noted =
        api.post(
            PATH,
            shop.booking(shop.anna(), shop.day(7), "15:00")
                .replace("\"customer\"", "\"note\": \"short\", \"customer\""));

    assertThat(noted.header("ETag")).startsWith("\"1-");
    assertThat(noted.json().path("note").asString()).isEqualTo("short");
    assertThat(api.get(noted.header("Location")).header("ETag")).isEqualTo(noted.header("ETag"));
  }

  @Test
  void changeOfTheZoneChangesTheETagWithTheTimes() {
    api.sql()
        .sql("UPDATE locations SET time_zone = 'Europe/London' WHERE id = ?")
        .param(shop.id())
        .update();

    Reply now = api.get(path, "If-None-Match", made.header("ETag"));

    assertThat(now.status()).as(now.toString()).isEqualTo(200);
    assertThat(now.json().path("startsAt").asString()).contains("T09:00");
    AppointmentsIT.assertProblem(
        move("12:00", "If-Match", made.header("ETag")), 412, "precondition-failed");
  }

  @Test
  void changeOfTheCustomerChangesTheETagWithHerName() {
    api.sql()
        .sql("UPDATE customers SET name = 'Yann' WHERE location_id = ?")
        .param(shop.id())
        .update();

    Reply now = api.get(path, "If-None-Match", made.header("ETag"));

    assertThat(now.status()).isEqualTo(200);
    assertThat(now.json().at("/customer/name").asString()).isEqualTo("Yann");
  }

  @Test
  void changeOfAnotherVersionIsRefused() {
    sql(NOTE);
    String second = api.get(path).header("ETag");

    Reply moved = move("12:00", "If-Match", made.header("ETag"));
    Reply cancelled = api.post(path + "/cancel", "", "If-Match", "W/" + second);

    AppointmentsIT.assertProblem(moved, 412, "precondition-failed");
    AppointmentsIT.assertProblem(cancelled, 412, "precondition-failed");
    assertThat(api.get(path).header("ETag")).isEqualTo(second);
    Reply third = move("12:00", "If-Match", made.header("ETag") + ", " + second);
    assertThat(third.status()).isEqualTo(200);
    assertThat(api.post(path + "/cancel", "", "If-Match", third.header("ETag")).status())
        .isEqualTo(200);
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
