package dev.freshcut.bookingapi.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.ApiFixture;
import dev.freshcut.bookingapi.Reply;
import dev.freshcut.bookingapi.SecondInstance;
import dev.freshcut.bookingapi.Shop;
import dev.freshcut.bookingapi.TestUser;
import dev.freshcut.sharedevents.webhook.SecretBox;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class WebhooksIT {
  private static final String WEBHOOKS = "/api/v1/webhooks";
  private static ApiFixture api;
  private Shop shop;
  private TestUser owner;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
  }

  @BeforeEach
  void open() {
    shop = Shop.open(api.sql(), "Europe/Paris");
    owner = TestUser.owner(api, shop);
  }

  @Test
  void secretIsShownOnceAndKeptSealed() {
    Reply made = owner.post(WEBHOOKS, body(""));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    String secret = made.json().path("secret").asString();
    assertThat(secret).startsWith("whsec_");
    assertThat(raw(secret)).hasSize(32);
    Reply read = owner.get(made.header("Location"));
    assertThat(read.json().has("secret")).isFalse();
    assertThat(read.json().path("url").asString()).isEqualTo("https://example.org/hooks");
    assertThat(read.json().path("enabled").asBoolean()).isTrue();
    assertThat(read.json().path("events").toString())
        .isEqualTo("[\"appointment.created\",\"appointment.cancelled\"]");
    assertThat(owner.get(WEBHOOKS).response().body()).doesNotContain("whsec_");
    assertThat(opened(id(made), "secret")).isEqualTo(raw(secret));
  }

  @Test
  void rotatedSecretsOverlap() {
    Reply made = owner.post(WEBHOOKS, body(""));
    String path = made.header("Location");

    Reply rotated = owner.post(path + "/rotate-secret", "");

    assertThat(rotated.status()).as(rotated.toString()).isEqualTo(200);
    assertThat(rotated.json().path("secret")).isNotEqualTo(made.json().path("secret"));
    OffsetDateTime until =
        OffsetDateTime.parse(rotated.json().path("previousSecretUntil").asString());
    assertThat(Duration.between(now(), until))
        .isBetween(Duration.ofHours(23), Duration.ofHours(24));
    assertThat(opened(id(made), "secret")).isEqualTo(raw(rotated.json().path("secret").asString()));
    assertThat(opened(id(made), "previous_secret"))
        .isEqualTo(raw(made.json().path("secret").asString()));
    api.sql()
        .sql("UPDATE webhooks SET previous_until = now() WHERE id = ?")
        .param(id(made))
        .update();
    assertThat(owner.get(path).json().has("previousSecretUntil")).isFalse();
  }

  /** As after an answer that was lost: the receiver still has the first, or has the second. */
  @Test
  void secondRotationLosesNoSecretThatIsGood() {
    Reply made = owner.post(WEBHOOKS, body(""));
    String path = made.header("Location");
    byte[] first = raw(made.json().path("secret").asString());

    owner.post(path + "/rotate-secret", "");
    OffsetDateTime until = firstUntil(id(made), "previous_until");
    byte[] third = raw(owner.post(path + "/rotate-secret", "").json().path("secret").asString());
    owner.post(path + "/rotate-secret", "");

    assertThat(opened(id(made), "older_secret")).isEqualTo(first);
    assertThat(firstUntil(id(made), "older_until")).isEqualTo(until);
    assertThat(opened(id(made), "previous_secret")).isEqualTo(third);
    api.sql().sql("UPDATE webhooks SET older_until = now() WHERE id = ?").param(id(made)).update();
    owner.post(path + "/rotate-secret", "");
    assertThat(opened(id(made), "older_secret")).isEqualTo(third);
  }

  private static OffsetDateTime firstUntil(long id, String column) {
    return api.sql()
        .sql("SELECT %s FROM webhooks WHERE id = ?".formatted(column))
        .param(id)
        .query(OffsetDateTime.class)
        .single();
  }

  @Test
  void whatIsAbsentStays() {
    Reply made = owner.post(WEBHOOKS, body(", \"description\": \"till\""));
    String path = made.header("Location");

    Reply off = owner.patch(path, "{\"enabled\": false}");
    Reply other =
        owner.patch(
            path,
            "{\"url\": \"https://example.net\", \"events\": [\"waiting_list.offered\"], \"enabled\": true}");
    Reply same = owner.patch(path, "{}");

    assertThat(off.status()).as(off.toString()).isEqualTo(200);
    assertThat(off.json().path("enabled").asBoolean()).isFalse();
    assertThat(off.json().path("url")).isEqualTo(made.json().path("url"));
    assertThat(other.json().path("url").asString()).isEqualTo("https://example.net");
    assertThat(other.json().path("events").toString()).isEqualTo("[\"waiting_list.offered\"]");
    assertThat(other.json().path("description").asString()).isEqualTo("till");
    assertThat(same.json()).isEqualTo(other.json());
    assertThat(same.header("ETag")).isEqualTo(other.header("ETag"));
  }

  /** As the notification worker does when too many deliveries were given up. */
  @Test
  void disabledBeginsAnewWhenItIsTurnedOn() {
    Reply made = owner.post(WEBHOOKS, body(""));
    String path = made.header("Location");
    api.sql()
        .sql(
            """
            UPDATE webhooks SET failures = 5, enabled = false, disabled_at = now(),
              disabled_reason = 'the last answer was 500' WHERE id = ?
            """)
        .param(id(made))
        .update();

    JsonNode disabled = owner.get(path).json();
    Reply renamed = owner.patch(path, "{\"description\": \"till\"}");
    Reply enabled = owner.patch(path, "{\"enabled\": true}");

    assertThat(disabled.path("enabled").asBoolean()).isFalse();
    assertThat(disabled.path("failures").asInt()).isEqualTo(5);
    assertThat(disabled.path("disabledReason").asString()).isEqualTo("the last answer was 500");
    assertThat(OffsetDateTime.parse(disabled.path("disabledAt").asString()))
        .isBeforeOrEqualTo(now());
    assertThat(renamed.json().path("failures").asInt()).isEqualTo(5);
    assertThat(enabled.json().path("enabled").asBoolean()).isTrue();
    assertThat(enabled.json().path("failures").asInt()).isZero();
    assertThat(enabled.json().has("disabledAt")).isFalse();
    assertThat(enabled.json().has("disabledReason")).isFalse();
  }

  @Test
  void deliveriesAreListedTheNewestFirst() {
    Reply made = owner.post(WEBHOOKS, body(""));
    String path = made.header("Location") + "/deliveries";
    List<String> newest = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      String delivery = "delivery-%d-%d".formatted(id(made), i);
      api.sql()
          .sql(
              """
              INSERT INTO webhook_deliveries (id, webhook_id, location_id, event, state, attempts,
                last_status, last_error)
              VALUES (?, ?, ?, 'appointment.created', 'failed', 6, 503, 'no answer in time')
              """)
          .params(delivery, id(made), shop.id())
          .update();
      newest.addFirst(delivery);
    }

    List<String> listed = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = owner.get(path + "?limit=3" + cursor).json();
      page.path("items").forEach(item -> listed.add(item.path("id").asString()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asString() : "";
    } while (!cursor.isEmpty());
    assertThat(listed).isEqualTo(newest);
    JsonNode first = owner.get(path).json().at("/items/0");
    assertThat(first.path("state").asString()).isEqualTo("failed");
    assertThat(first.path("attempts").asInt()).isEqualTo(6);
    assertThat(first.path("lastStatus").asInt()).isEqualTo(503);
    assertThat(first.path("lastError").asString()).isEqualTo("no answer in time");
    TestUser stranger = TestUser.owner(api, Shop.open(api.sql(), "Europe/Paris"));
    assertProblem(stranger.get(path), 404, "webhook-not-found");
  }

  @Test
  void changesGoByTheVersion() {
    Reply made = owner.post(WEBHOOKS, body(""));
    String path = made.header("Location");
    String tag = made.header("ETag");
    assertThat(api.get(path, "If-None-Match", tag).status()).isEqualTo(304);
    owner.patch(path, "{\"enabled\": false}");

    assertProblem(
        api.post(path + "/rotate-secret", "", "If-Match", tag), 412, "precondition-failed");
    assertProblem(
        api.send(api.request(path, "If-Match", tag).DELETE()), 412, "precondition-failed");
  }

  /** The notification worker counts while its owner reads and writes. */
  @Test
  void countingFailuresIsNoNewVersion() {
    Reply made = owner.post(WEBHOOKS, body(""));
    String path = made.header("Location");
    api.sql().sql("UPDATE webhooks SET failures = 3 WHERE id = ?").param(id(made)).update();

    Reply read = owner.get(path);

    assertThat(read.json().path("failures").asInt()).isEqualTo(3);
    assertThat(read.header("ETag")).isEqualTo(made.header("ETag"));
    api.sql()
        .sql(
            """
            UPDATE webhooks SET enabled = false, disabled_at = now(), disabled_reason = 'answered 500'
              WHERE id = ?
            """)
        .param(id(made))
        .update();
    assertThat(owner.get(path).header("ETag")).isNotEqualTo(made.header("ETag"));
  }

  @Test
  void deletedIsGone() {
    String path = owner.post(WEBHOOKS, body("")).header("Location");

    Reply deleted = api.send(api.request(path, owner.header()).DELETE());

    assertThat(deleted.status()).as(deleted.toString()).isEqualTo(200);
    assertThat(deleted.token()).isNotEmpty();
    assertProblem(owner.get(path), 404, "webhook-not-found");
    assertProblem(api.send(api.request(path, owner.header()).DELETE()), 404, "webhook-not-found");
  }

  @Test
  void othersWebhooksAreNotThere() {
    String path = owner.post(WEBHOOKS, body("")).header("Location");
    Shop elsewhere = Shop.open(api.sql(), "Europe/Paris");
    TestUser stranger = TestUser.owner(api, elsewhere);

    assertProblem(stranger.get(path), 404, "webhook-not-found");
    assertProblem(stranger.patch(path, "{\"enabled\": false}"), 404, "webhook-not-found");
    assertProblem(stranger.post(path + "/rotate-secret", ""), 404, "webhook-not-found");
    assertProblem(
        api.send(api.request(path, stranger.header()).DELETE()), 404, "webhook-not-found");
    assertProblem(stranger.post(WEBHOOKS, body("")), 404, "location-not-found");
    assertProblem(stranger.get(WEBHOOKS + "?location=" + shop.id()), 404, "location-not-found");
    assertThat(stranger.get(WEBHOOKS).json().path("items").size()).isZero();
    assertThat(api.get(path).status()).isEqualTo(200);
  }

  @Test
  void locationHasFew() {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < Webhooks.MOST; i++) {
      ids.add(id(owner.post(WEBHOOKS, body(""))));
    }

    assertProblem(owner.post(WEBHOOKS, body("")), 409, "too-many-webhooks");
    List<Long> listed = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = owner.get(WEBHOOKS + "?limit=7" + cursor).json();
      page.path("items").forEach(item -> listed.add(item.path("id").asLong()));
      cursor = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asString() : "";
    } while (!cursor.isEmpty());
    assertThat(listed).isEqualTo(ids);
  }

  @Test
  void deedsAreWrittenDownWithoutAddresses() {
    Reply made = owner.post(WEBHOOKS, body(""));
    owner.patch(made.header("Location"), "{\"enabled\": false}");
    owner.post(made.header("Location") + "/rotate-secret", "");
    api.send(api.request(made.header("Location"), owner.header()).DELETE());

    List<Map<String, Object>> entries =
        api.sql()
            .sql("SELECT action, detail::text FROM audit_log WHERE target = ? ORDER BY id")
            .param("webhook:" + id(made))
            .query()
            .listOfRows();
    assertThat(entries)
        .extracting(entry -> entry.get("action"))
        .containsExactly(
            "webhook.create", "webhook.change", "webhook.rotate-secret", "webhook.delete");
    assertThat(entries.toString()).doesNotContain("example.org", "whsec_");
  }

  @Test
  void secretsAreNotKeptForRepetitions() {
    Reply made = api.post(WEBHOOKS, body(""), "Idempotency-Key", "hook-" + shop.id());

    assertThat(made.status()).isEqualTo(201);
    assertThat(
            api.sql()
                .sql("SELECT count(*) FROM idempotency_keys WHERE body LIKE '%whsec_%'")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void withoutAKeyThereAreNone() {
    try (SecondInstance keyless = new SecondInstance(api, Map.of("freshcut.webhooks.keys", ""))) {
      assertProblem(keyless.post(WEBHOOKS, body("")), 503, "webhooks-unavailable");
      assertThat(keyless.get(WEBHOOKS + "?location=" + shop.id()).status()).isEqualTo(200);
    }
  }

  static Stream<Arguments> badMembers() {
    return Stream.of(
        Arguments.of(
            "\"url\": \"https://example.org/hooks\"", "\"url\": \"http://example.org\"", "url"),
        Arguments.of(
            "\"url\": \"https://example.org/hooks\"", "\"url\": \"https://10.0.0.1\"", "url"),
        Arguments.of(
            "\"url\": \"https://example.org/hooks\"", "\"url\": \"http://localhost\"", "url"),
        Arguments.of("\"url\": \"https://example.org/hooks\"", "\"url\": \"\"", "url"),
        Arguments.of("\"url\": \"https://example.org/hooks\"", "\"url\": \"\\u0000\"", "url"),
        Arguments.of("\"url\": \"https://example.org/hooks\"", "\"url\": 5", "url"),
        Arguments.of("example.org/hooks\"", "example.org/" + "x".repeat(500) + "\"", "url"),
        Arguments.of("[\"appointment.created\", \"appointment.cancelled\"]", "[]", "events"),
        Arguments.of("[\"appointment.created\", \"appointment.cancelled\"]", "[null]", "events.0"),
        Arguments.of(
            "[\"appointment.created\", \"appointment.cancelled\"]", "[\"all\"]", "events.0"),
        Arguments.of("[\"appointment.created\", \"appointment.cancelled\"]", "[0]", "events.0"),
        Arguments.of("[\"appointment.created\", \"appointment.cancelled\"]", "null", "events"),
        Arguments.of("\"events\"", "\"description\": \" \", \"events\"", "description"),
        Arguments.of("\"events\"", "\"secret\": \"mine\", \"events\"", "secret"));
  }

  @ParameterizedTest
  @MethodSource("badMembers")
  void badMember(String original, String replacement, String field) {
    String body = body("").replace(original, replacement);
    assertThat(body).isNotEqualTo(body(""));

    Reply reply = owner.post(WEBHOOKS, body);

    assertProblem(reply, 400, "invalid-request");
    assertThat(reply.errorFields()).containsOnly(field);
  }

  @Test
  void badChange() {
    String path = owner.post(WEBHOOKS, body("")).header("Location");

    for (String change :
        List.of(
            "{\"url\": \"https://169.254.169.254\"}",
            "{\"events\": []}",
            "{\"enabled\": \"no\"}",
            "{\"locationId\": 1}")) {
      assertProblem(owner.patch(path, change), 400, "invalid-request");
    }
  }

  private String body(String members) {
    return """
    {"locationId": %d, "url": "https://example.org/hooks",
     "events": ["appointment.created", "appointment.cancelled"]%s}
    """
        .formatted(shop.id(), members);
  }

  private static long id(Reply made) {
    return made.json().path("id").asLong();
  }

  private static byte[] raw(String secret) {
    return Base64.getDecoder().decode(secret.substring("whsec_".length()));
  }

  /** As the deliveries will have it. */
  private static byte[] opened(long id, String column) {
    byte[] sealed =
        api.sql()
            .sql("SELECT %s FROM webhooks WHERE id = ?".formatted(column))
            .param(id)
            .query(byte[].class)
            .single();
    return api.bean(SecretBox.class).open(id, sealed);
  }

  private static OffsetDateTime now() {
    return api.sql().sql("SELECT clock_timestamp()").query(OffsetDateTime.class).single();
  }

  private static void assertProblem(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.code()).isEqualTo(code);
  }
}
