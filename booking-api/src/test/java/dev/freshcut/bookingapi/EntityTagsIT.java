package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An ETag changes with what it is of, and guards changes that are based on it. */
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
    api = ApiFixture.shared();
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

  @Test
  void specialDayIsGuardedAlsoWhenItWasUsualMeanwhile() {
    String special = "/api/v1/locations/%d/special-days/%s".formatted(shop.id(), day);
    AppointmentsIT.assertProblem(
        send("PUT", special, "{\"hours\": []}", "If-Match", "*"), 412, "precondition-failed");
    Reply closed = send("PUT", special, "{\"hours\": []}");
    assertThat(closed.status()).as(closed.toString()).isEqualTo(200);
    assertThat(closed.header("ETag"))
        .isEqualTo("\"" + closed.json().path("version").asLong() + "\"");
    assertThat(send("PUT", special, "{\"hours\": []}").header("ETag"))
        .isEqualTo(closed.header("ETag"));

    sql("UPDATE special_days SET label = 'from psql' WHERE :id > 0");
    assertStale(special, closed, "{\"hours\": []}");
    send("DELETE", special, "");
    Reply again = send("PUT", special, "{\"hours\": []}");
    assertStale(special, closed, "{\"hours\": []}");

    assertThat(send("PUT", special, "{\"hours\": []}", "If-Match", again.header("ETag")).status())
        .isEqualTo(200);
    assertThat(send("DELETE", special, "", "If-Match", again.header("ETag")).status())
        .isEqualTo(200);
  }

  @Test
  void absencesAreGuarded() {
    String location = "/api/v1/locations/" + shop.id();
    for (String absences :
        List.of(location + "/barbers/" + shop.anna() + "/time-off", location + "/blackouts")) {
      Reply away =
          api.post(
              absences,
              "{\"startsAt\": \"%s\", \"endsAt\": \"%s\", \"reason\": \"Fair\"}"
                  .formatted(shop.at(day, "12:00"), shop.at(day, "13:00")));
      assertThat(away.header("ETag")).as(away.toString()).isEqualTo("\"1\"");

      sql("UPDATE time_off SET ends_at = ends_at + interval '1 hour' WHERE :id > 0");
      sql("UPDATE blackouts SET ends_at = ends_at + interval '1 hour' WHERE :id > 0");

      String one = absences + "/" + away.json().path("id").asLong();
      assertStale(one, away, "");
      assertThat(version(absences)).isEqualTo(2);
      sql("UPDATE time_off_reasons SET reason = reason WHERE :id > 0");
      sql("UPDATE blackout_reasons SET reason = reason WHERE :id > 0");
      assertThat(version(absences)).isEqualTo(2);
      sql("UPDATE time_off_reasons SET reason = 'from psql' WHERE :id > 0");
      sql("DELETE FROM blackout_reasons WHERE :id > 0");
      assertThat(version(absences)).isEqualTo(3);
      assertThat(send("DELETE", one, "", "If-Match", "\"3\"").status()).isEqualTo(200);
    }
  }

  private static long version(String list) {
    return api.get(list).json().at("/items/0/version").asLong();
  }

  private static void assertStale(String path, Reply seen, String put) {
    for (String method : put.isEmpty() ? List.of("DELETE") : List.of("PUT", "DELETE")) {
      AppointmentsIT.assertProblem(
          send(method, path, put, "If-Match", seen.header("ETag")), 412, "precondition-failed");
    }
  }

  private static Reply send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request = api.request(path, headers);
    return api.send(
        body.isEmpty()
            ? request.method(method, HttpRequest.BodyPublishers.noBody())
            : request
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  private Reply move(String time, String... headers) {
    return api.post(
        path + "/move", "{\"startsAt\": \"%s\"}".formatted(shop.at(day, time)), headers);
  }

  private void sql(String statement) {
    api.sql().sql(statement).param("id", made.json().path("id").asLong()).update();
  }
}
