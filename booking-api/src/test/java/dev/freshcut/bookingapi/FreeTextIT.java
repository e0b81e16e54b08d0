package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What people write freely is not in the change stream: read from a replication slot, as the
 * connector does, with PostgreSQL's own output plugin and the publication.
 */
class FreeTextIT {
  private static final String SECRET = "xyzzy";
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
  void notesOfAppointmentsAreInNoChangeRecord() throws SQLException {
    String stream =
        during(
            () -> {
              Reply made = post("/api/v1/appointments", noted(booking("10:00")));
              assertThat(made.json().path("note").asString()).isEqualTo(SECRET);
              post(made.header("Location") + "/cancel", "");
              Reply held = post("/api/v1/holds", booking("11:00").replaceAll(",\\s*\"cust.*", "}"));
              post(
                  "/api/v1/holds/" + held.json().path("id").asLong() + "/appointment",
                  noted("{\"customer\": {\"name\": \"A\", \"email\": \"a@example.org\"}}"));
              Reply series =
                  post(
                      "/api/v1/series",
                      noted(booking("12:00"))
                          .replaceAll("\"startsAt\": \"[^\"]*\"", occurrences("12:00")));
              assertThat(series.json().at("/occurrences/1/appointment/note").asString())
                  .isEqualTo(SECRET);
              sql("UPDATE appointment_notes SET note = note || '!' WHERE location_id = :shop");
              sql("UPDATE appointments SET price_minor = 1 WHERE location_id = :shop");
              sql("DELETE FROM appointment_notes WHERE location_id = :shop");
              sql("DELETE FROM appointments WHERE location_id = :shop");
            });

    assertThat(stream).contains("confirmed", "cancelled").doesNotContain(SECRET);
  }

  @Test
  void reasonsOfAbsencesAreInNoChangeRecord() throws SQLException {
    String location = "/api/v1/locations/" + shop.id();
    String absence =
        "{\"startsAt\": \"%s\", \"endsAt\": \"%s\", \"reason\": \"%s\"}"
            .formatted(shop.at(day, "10:00"), shop.at(day, "11:00"), SECRET);
    String stream =
        during(
            () -> {
              for (String path :
                  new String[] {
                    location + "/blackouts", location + "/barbers/" + shop.anna() + "/time-off"
                  }) {
                Reply made = post(path, absence);
                assertThat(made.json().path("reason").asString()).isEqualTo(SECRET);
                assertThat(api.get(path).json().at("/items/0/reason").asString()).isEqualTo(SECRET);
                String one = path + "/" + made.json().path("id").asLong();
                assertThat(api.send(api.request(one).DELETE()).json().path("reason").asString())
                    .isEqualTo(SECRET);
              }
            });

    assertThat(stream).contains("blackouts", "time_off").doesNotContain(SECRET);
  }

  @Test
  void addressesAndWhatWasSentAreInNoChangeRecord() throws SQLException {
    String stream =
        during(
            () -> {
              Reply made =
                  post("/api/v1/appointments", booking("13:00").replace("zoe@", SECRET + "@"));
              Reply settings =
                  put(
                      "/api/v1/locations/%d/notification-settings".formatted(shop.id()),
                      """
                      {"email": true, "sms": true, "reminderMinutes": [60], "quietFrom": "20:00",
                       "quietUntil": "09:00", "replyTo": "%s@example.org"}
                      """
                          .formatted(SECRET));
              assertThat(settings.json().path("replyTo").asString()).startsWith(SECRET);
              put(
                  "/api/v1/customers/%d/notification-preferences"
                      .formatted(made.json().path("customerId").asLong()),
                  "{\"email\": true, \"language\": \"fr\"}");
              sql(
                  """
                  INSERT INTO notifications (id, location_id, kind, channel, state, reason)
                  VALUES ('free', :shop, 'moved', 'email', 'failed', '%s')
                  """
                      .formatted(SECRET));
            });

    assertThat(stream)
        .contains("notification_settings", "notification_preferences", "fr")
        .doesNotContain(SECRET);
  }

  /** What the publication gives out of what is done meanwhile. */
  private static String during(Runnable work) throws SQLException {
    try (Connection superuser = ApiFixture.servers().postgres().connect(api.database());
        Statement statement = superuser.createStatement()) {
      // Temporary: it goes with this connection, but not at once, and names are the whole server's.
      String slot = "free_text_" + UUID.randomUUID().toString().replace('-', '_');
      statement.execute(
          "SELECT pg_create_logical_replication_slot('%s', 'pgoutput', true)".formatted(slot));
      work.run();
      StringBuilder all = new StringBuilder();
      try (ResultSet changes =
          statement.executeQuery(
              """
              SELECT data FROM pg_logical_slot_get_binary_changes('%s', NULL, NULL,
                'proto_version', '1', 'publication_names', 'freshcut')
              """
                  .formatted(slot))) {
        while (changes.next()) {
          all.append(new String(changes.getBytes(1), StandardCharsets.UTF_8)).append('\n');
        }
      }
      return all.toString();
    }
  }

  private String booking(String time) {
    return shop.booking(shop.anna(), day, time).strip();
  }

  private String occurrences(String time) {
    return "\"firstDate\": \"%s\", \"time\": \"%s\", \"count\": 2".formatted(day, time);
  }

  private static String noted(String body) {
    return body.replaceFirst("\\{", "{\"note\": \"%s\", ".formatted(SECRET));
  }

  private static Reply post(String path, String body) {
    Reply reply = api.post(path, body);
    assertThat(reply.status()).as(reply.toString()).isBetween(200, 201);
    return reply;
  }

  private static Reply put(String path, String body) {
    Reply reply =
        api.send(
            api.request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return reply;
  }

  private void sql(String statement) {
    api.sql().sql(statement).param("shop", shop.id()).update();
  }
}
