package dev.freshcut.bookingapi.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.bookingapi.ApiFixture;
import dev.freshcut.bookingapi.Reply;
import dev.freshcut.bookingapi.Shop;
import dev.freshcut.bookingapi.TestUser;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Settings, preferences and consent, and the lists of what was sent. */
class NotificationsIT {
  private static final String SETTINGS =
      """
      {"email": true, "sms": false, "reminderMinutes": [60, 2880, 60], "quietFrom": "20:30",
       "quietUntil": "07:00", "replyTo": "desk@example.org"}
      """;
  private static final String PREFERENCES =
      """
      {"email": false, "language": "de", "timeZone": "Asia/Tokyo", "reminderMinutes": [],
       "quietFrom": "00:00", "quietUntil": "00:00"}
      """;

  private static ApiFixture api;
  private Shop shop;
  private Shop elsewhere;
  private TestUser owner;
  private TestUser client;
  private long appointment;
  private long customer;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
    elsewhere = Shop.open(api.sql(), "Europe/Paris");
    owner = TestUser.owner(api, shop);
    client = TestUser.client(api);
    Reply made =
        client.post(
            "/api/v1/appointments",
            "{\"locationId\": %d, \"serviceId\": %d, \"startsAt\": \"%s\"}"
                .formatted(shop.id(), shop.cut(), shop.at(shop.day(3), "10:00")));
    appointment = made.json().path("id").asLong();
    customer = made.json().path("customerId").asLong();
  }

  @Test
  void locationsSettings() {
    Reply before = owner.get(settings());
    assertThat(before.json().toString())
        .isEqualTo(
            """
            {"locationId":%d,"email":true,"sms":true,"reminderMinutes":[1440,120],\
            "quietFrom":"21:00","quietUntil":"08:00"}"""
                .formatted(shop.id()));

    Reply put = put(owner, settings(), SETTINGS, "If-Match", before.header("ETag"));

    assertThat(put.status()).as(put.toString()).isEqualTo(200);
    assertThat(put.json().toString())
        .isEqualTo(
            """
            {"locationId":%d,"email":true,"sms":false,"reminderMinutes":[2880,60],\
            "quietFrom":"20:30","quietUntil":"07:00","replyTo":"desk@example.org"}"""
                .formatted(shop.id()));
    assertThat(put.token()).isNotEmpty();
    assertThat(owner.get(settings()).json()).isEqualTo(put.json());
    assertThat(owner.get(settings()).header("ETag")).isEqualTo(put.header("ETag"));
    assertProblem(
        put(owner, settings(), SETTINGS, "If-Match", before.header("ETag")),
        412,
        "precondition-failed");
    Reply without =
        put(owner, settings(), SETTINGS.replace(", \"replyTo\": \"desk@example.org\"", ""));
    assertThat(without.json().has("replyTo")).isFalse();
    assertThat(without.header("ETag")).isNotEqualTo(put.header("ETag"));
    assertThat(actions("location:" + shop.id()))
        .containsExactly("notification-settings.put", "notification-settings.put");
  }

  @Test
  void othersSettingsAreNotThere() {
    TestUser stranger = TestUser.owner(api, elsewhere);

    assertProblem(stranger.get(settings()), 404, "location-not-found");
    assertProblem(put(stranger, settings(), SETTINGS), 404, "location-not-found");
    assertProblem(
        api.get("/api/v1/locations/999999/notification-settings"), 404, "location-not-found");
  }

  /** The view's defaults are the columns'. */
  @Test
  void locationWithoutARowIsAsOneWithTheDefaults() {
    String rules = "SELECT to_jsonb(r)::text FROM notification_rules r WHERE location_id = ?";
    String none = api.sql().sql(rules).param(shop.id()).query(String.class).single();
    run("INSERT INTO notification_settings (location_id) VALUES (%d)".formatted(shop.id()));

    assertThat(api.sql().sql(rules).param(shop.id()).query(String.class).single()).isEqualTo(none);
  }

  static Stream<Arguments> badSettings() {
    return Stream.of(
        Arguments.of("[60, 2880, 60]", "[14]", "reminderMinutes[0]"),
        Arguments.of("[60, 2880, 60]", "[43201]", "reminderMinutes[0]"),
        Arguments.of("[60, 2880, 60]", "[60, null]", "reminderMinutes[1]"),
        Arguments.of("[60, 2880, 60]", "[15, 16, 17, 18, 19, 20]", "reminderMinutes"),
        Arguments.of("[60, 2880, 60]", "null", "reminderMinutes"),
        Arguments.of("\"20:30\"", "\"24:00\"", "quietFrom"),
        Arguments.of("\"20:30\"", "\"20:30:01\"", "quietFrom"),
        Arguments.of("\"07:00\"", "\"7:00\"", "quietUntil"),
        Arguments.of("\"07:00\"", "null", "quietUntil"),
        Arguments.of("\"email\": true, ", "", "email"),
        Arguments.of("desk@example.org", "desk@example.org\\r\\nBcc: x@example.org", "replyTo"),
        Arguments.of("desk@example.org", "desk", "replyTo"),
        // A letter could not name them.
        Arguments.of("desk@example.org", "\\\"front desk\\\"@example.org", "replyTo"),
        Arguments.of("desk@example.org", "däsk@example.org", "replyTo"),
        Arguments.of("desk@example.org", "desk@[127.0.0.1]", "replyTo"),
        Arguments.of("desk@example.org", "desk@localhost", "replyTo"));
  }

  @ParameterizedTest
  @MethodSource("badSettings")
  void badSettings(String original, String replacement, String field) {
    String body = SETTINGS.replace(original, replacement);
    assertThat(body).isNotEqualTo(SETTINGS);

    Reply reply = put(owner, settings(), body);

    assertProblem(reply, 400, "invalid-request");
    assertThat(reply.errorFields()).containsOnly(field);
  }

  @Test
  void customersPreferences() {
    Reply before = client.get(preferences());
    assertThat(before.json().toString())
        .isEqualTo("{\"customerId\":%d,\"email\":true,\"version\":0}".formatted(customer));

    Reply put = put(client, preferences(), PREFERENCES, "If-Match", before.header("ETag"));

    assertThat(put.status()).as(put.toString()).isEqualTo(200);
    assertThat(put.json().toString())
        .isEqualTo(
            """
            {"customerId":%d,"email":false,"language":"de","timeZone":"Asia/Tokyo",\
            "reminderMinutes":[],"quietFrom":"00:00","quietUntil":"00:00","version":1}"""
                .formatted(customer));
    assertThat(client.get(preferences()).json()).isEqualTo(put.json());
    assertThat(client.get(preferences()).header("ETag")).isEqualTo(put.header("ETag"));
    assertProblem(
        put(client, preferences(), PREFERENCES, "If-Match", before.header("ETag")),
        412,
        "precondition-failed");
    Reply bare = put(owner, preferences(), "{\"email\": true}", "If-Match", put.header("ETag"));
    assertThat(bare.json().toString())
        .isEqualTo("{\"customerId\":%d,\"email\":true,\"version\":2}".formatted(customer));
    assertThat(actions("customer:" + customer)).containsExactly("notification-preferences.put");
  }

  @Test
  void othersPreferencesAreNotThere() {
    for (TestUser stranger :
        List.of(
            TestUser.client(api),
            TestUser.barber(api, elsewhere),
            TestUser.owner(api, elsewhere))) {
      assertProblem(stranger.get(preferences()), 404, "customer-not-found");
      assertProblem(put(stranger, preferences(), PREFERENCES), 404, "customer-not-found");
      assertProblem(put(stranger, consent(), "{\"given\": true}"), 404, "customer-not-found");
      assertProblem(stranger.get(ofCustomer()), 404, "customer-not-found");
      assertProblem(stranger.get(ofAppointment()), 404, "appointment-not-found");
    }
    assertThat(TestUser.barber(api, shop).get(preferences()).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}|email",
        "{\"email\": true, \"language\": \"german\"}|language",
        "{\"email\": true, \"timeZone\": \"+01:00\"}|timeZone",
        "{\"email\": true, \"quietFrom\": \"20:00\"}|quietUntil",
        "{\"email\": true, \"quietUntil\": \"20:00\"}|quietFrom",
        "{\"email\": true, \"reminderMinutes\": [0]}|reminderMinutes[0]",
        "{\"email\": true, \"smsConsent\": {\"given\": true}}|smsConsent"
      })
  void badPreferences(String bodyAndField) {
    List<String> parts = List.of(bodyAndField.split("\\|", -1));

    Reply reply = put(client, preferences(), parts.get(0));

    assertProblem(reply, 400, "invalid-request");
    assertThat(reply.errorFields()).containsExactly(parts.get(1));
    assertThat(client.get(preferences()).json().path("version").asLong()).isZero();
  }

  /** Nobody's change is lost: each has seen what it replaces. */
  @Test
  void ofTwoWhoHaveSeenTheSameOneWrites() throws Exception {
    String seen = client.get(preferences()).header("ETag");
    for (int round = 0; round < 5; round++) {
      String tag = seen;
      List<Integer> statuses = new ArrayList<>();
      try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Reply>> replies =
            Stream.of(20 + round, 40 + round)
                .map(
                    minutes ->
                        both.submit(
                            () ->
                                put(
                                    client,
                                    preferences(),
                                    "{\"email\": true, \"reminderMinutes\": [%d]}"
                                        .formatted(minutes),
                                    "If-Match",
                                    tag)))
                .toList();
        for (Future<Reply> reply : replies) {
          statuses.add(reply.get().status());
        }
      }
      assertThat(statuses).containsExactlyInAnyOrder(200, 412);
      seen = client.get(preferences()).header("ETag");
    }
  }

  @Test
  void consentIsSaidByItself() {
    put(client, preferences(), PREFERENCES);

    Reply given = put(client, consent(), "{\"given\": true}");

    assertThat(given.status()).as(given.toString()).isEqualTo(200);
    JsonNode word = given.json().path("smsConsent");
    assertThat(word.path("given").asBoolean()).isTrue();
    assertThat(word.path("source").asString()).isEqualTo("account");
    assertThat(Instant.parse(word.path("at").asString())).isBeforeOrEqualTo(now());
    assertThat(given.json().path("language").asString()).isEqualTo("de");
    assertThat(wantsSms()).isTrue();
    Reply again = put(client, consent(), "{\"given\": true, \"source\": \"account\"}");
    assertThat(again.json()).isEqualTo(given.json());
    Reply kept = put(client, preferences(), "{\"email\": true}");
    assertThat(kept.json().path("smsConsent")).isEqualTo(word);

    Reply withdrawn = put(owner, consent(), "{\"given\": false, \"source\": \"phone\"}");

    assertThat(withdrawn.json().at("/smsConsent/given").asBoolean()).isFalse();
    assertThat(withdrawn.json().at("/smsConsent/source").asString()).isEqualTo("phone");
    assertThat(wantsSms()).isFalse();
    assertThat(
            api.sql()
                .sql(
                    """
                    SELECT action || ' ' || role || ' ' || (detail->>'source') FROM audit_log
                    WHERE target = ? AND action LIKE 'sms-consent.%' ORDER BY id
                    """)
                .param("customer:" + customer)
                .query(String.class)
                .list())
        .containsExactly("sms-consent.give client account", "sms-consent.withdraw owner phone");
  }

  @Test
  void staffSayHowTheyKnowAndClientsSpeakForThemselves() {
    for (String body : List.of("{\"given\": true}", "{\"given\": true, \"source\": \"account\"}")) {
      Reply reply = put(owner, consent(), body);
      assertProblem(reply, 400, "invalid-request");
      assertThat(reply.errorFields()).containsExactly("source");
    }
    Reply reply = put(client, consent(), "{\"given\": true, \"source\": \"in_person\"}");
    assertThat(reply.errorFields()).containsExactly("source");
    assertThat(put(owner, consent(), "{\"given\": true, \"source\": \"x\"}").errorFields())
        .containsExactly("source");
    assertThat(wantsSms()).isFalse();
    assertThat(put(owner, consent(), "{\"given\": true, \"source\": \"in_person\"}").status())
        .isEqualTo(200);
  }

  @Test
  void consentGoesByTheVersion() {
    String seen = client.get(preferences()).header("ETag");
    put(client, preferences(), PREFERENCES);

    assertProblem(
        put(client, consent(), "{\"given\": true}", "If-Match", seen), 412, "precondition-failed");
  }

  @Test
  void whoIsAnonymisedIsToldNothing() {
    put(client, preferences(), PREFERENCES);
    put(client, consent(), "{\"given\": true}");
    notification("n-" + customer, "failed", "'550 no such user'");
    run("UPDATE appointments SET status = 'cancelled' WHERE id = %d".formatted(appointment));

    Reply gone = api.send(api.request("/api/v1/customers/" + customer, owner.header()).DELETE());

    assertThat(gone.status()).as(gone.toString()).isEqualTo(200);
    assertThat(count("notification_preferences")).isZero();
    assertThat(count("notification_recipients")).isZero();
    assertThat(owner.get(ofCustomer()).json().at("/items/0").has("reason")).isFalse();
    assertProblem(put(owner, preferences(), PREFERENCES), 409, "customer-fixed");
    assertProblem(
        put(owner, consent(), "{\"given\": true, \"source\": \"phone\"}"), 409, "customer-fixed");
    assertThat(owner.get(preferences()).json().path("version").asLong()).isZero();
  }

  @Test
  void recipientsAreAsTheySayOrElseAsTheirLocation() {
    put(owner, settings(), SETTINGS);
    run("UPDATE users SET language = 'fr' WHERE id = %d".formatted(client.id()));
    assertThat(recipient())
        .isEqualTo("fr Europe/Paris true false {2880,60} 20:30:00 07:00:00 " + client.email());

    put(client, consent(), "{\"given\": true}");
    assertThat(recipient()).as("the location sends no SMS").contains(" true false ");
    put(client, preferences(), PREFERENCES);
    put(owner, settings(), SETTINGS.replace("\"sms\": false", "\"sms\": true"));

    assertThat(recipient())
        .isEqualTo("de Asia/Tokyo false true {} 00:00:00 00:00:00 " + client.email());
  }

  private String recipient() {
    return api.sql()
        .sql(
            """
            SELECT concat_ws(' ', language, time_zone, CASE WHEN wants_email THEN 'true' ELSE 'false'
              END, CASE WHEN wants_sms THEN 'true' ELSE 'false' END, reminder_minutes::text,
              quiet_from, quiet_until, email)
            FROM notification_recipients WHERE customer_id = ?
            """)
        .param(customer)
        .query(String.class)
        .single();
  }

  @Test
  void listsAreTheNewestFirst() {
    List<String> newest = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      notification("list-%d-%d".formatted(customer, i), "sent", "NULL");
      newest.addFirst("list-%d-%d".formatted(customer, i));
    }

    for (String path : List.of(ofCustomer(), ofAppointment())) {
      List<String> listed = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page = client.get(path + "?limit=3" + cursor).json();
        page.path("items").forEach(item -> listed.add(item.path("id").asString()));
        cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asString() : "";
      } while (!cursor.isEmpty());
      assertThat(listed).as(path).isEqualTo(newest);
    }
    JsonNode first = owner.get(ofCustomer()).json().at("/items/0");
    assertThat(first.path("appointmentId").asLong()).isEqualTo(appointment);
    assertThat(first.path("channel").asString()).isEqualTo("email");
    assertThat(first.path("state").asString()).isEqualTo("sent");
    assertThat(Instant.parse(first.path("sentAt").asString())).isBeforeOrEqualTo(now());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE notification_settings SET reminder_minutes = '{60,60}'",
        "UPDATE notification_settings SET reminder_minutes = '{14}'",
        "UPDATE notification_settings SET reminder_minutes = '{60,NULL}'",
        "UPDATE notification_settings SET reminder_minutes = '{{60},{90}}'",
        "UPDATE notification_settings SET reminder_minutes = '{15,16,17,18,19,20}'",
        "UPDATE notification_settings SET quiet_from = '24:00'",
        "UPDATE notification_settings SET quiet_until = '07:00:30'",
        "UPDATE notification_preferences SET quiet_from = NULL",
        "UPDATE notification_preferences SET sms_consent_source = NULL",
        "UPDATE notification_preferences SET sms_consent_source = 'she'",
        "UPDATE notification_preferences SET sms_withdrawn_at = now(), sms_withdrawn_source = 'phone'",
        "UPDATE notification_preferences SET time_zone = 'Mars/Olympus'",
        "UPDATE notification_preferences SET location_id = location_id + 1",
        "UPDATE notifications SET state = 'sent'",
        "UPDATE notifications SET channel = 'pigeon'"
      })
  void databaseRefusesWhatIsWrong(String update) {
    put(owner, settings(), SETTINGS);
    put(client, preferences(), PREFERENCES);
    put(client, consent(), "{\"given\": true}");
    notification("wrong-" + customer, "failed", "NULL");

    assertThatThrownBy(() -> run(update + " WHERE location_id = " + shop.id()))
        .rootCause()
        .message()
        .containsPattern("constraint|time zone");
  }

  private void notification(String id, String state, String reason) {
    run(
        """
        INSERT INTO notifications (id, location_id, customer_id, appointment_id, kind, channel,
          state, reason, sent_at)
        VALUES ('%s', %d, %d, %d, 'confirmed', 'email', '%s', %s,
          CASE '%s' WHEN 'sent' THEN now() END)
        """
            .formatted(id, shop.id(), customer, appointment, state, reason, state));
  }

  private static void run(String statement) {
    assertThat(api.sql().sql(statement).update()).isPositive();
  }

  private static Instant now() {
    return api.sql()
        .sql("SELECT clock_timestamp() + interval '1 second'")
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  private boolean wantsSms() {
    return api.sql()
        .sql("SELECT wants_sms FROM notification_recipients WHERE customer_id = ?")
        .param(customer)
        .query(Boolean.class)
        .single();
  }

  private long count(String table) {
    return api.sql()
        .sql("SELECT count(*) FROM %s WHERE customer_id = ?".formatted(table))
        .param(customer)
        .query(Long.class)
        .single();
  }

  private static List<String> actions(String target) {
    return api.sql()
        .sql("SELECT action FROM audit_log WHERE target = ? ORDER BY id")
        .param(target)
        .query(String.class)
        .list();
  }

  private String settings() {
    return "/api/v1/locations/%d/notification-settings".formatted(shop.id());
  }

  private String preferences() {
    return "/api/v1/customers/%d/notification-preferences".formatted(customer);
  }

  private String consent() {
    return "/api/v1/customers/%d/sms-consent".formatted(customer);
  }

  private String ofCustomer() {
    return "/api/v1/customers/%d/notifications".formatted(customer);
  }

  private String ofAppointment() {
    return "/api/v1/appointments/%d/notifications".formatted(appointment);
  }

  private static Reply put(TestUser user, String path, String body, String... headers) {
    HttpRequest.Builder request =
        api.request(path, user.header()).header("Content-Type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return api.send(request.PUT(BodyPublishers.ofString(body)));
  }

  private static void assertProblem(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
  }
}
