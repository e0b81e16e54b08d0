package dev.freshcut.bookingapi;

import static dev.freshcut.bookingapi.AppointmentsIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Who manages whom. */
class StaffIT {
  private static final String STAFF = "/api/v1/staff";
  private static final String USERS = "/api/v1/users/";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static ApiFixture api;
  private static Shop shop;
  private static Shop elsewhere;
  private static TestUser owner;
  private static TestUser operator;

  @BeforeAll
  static void start() {
    api = new ApiFixture();
    shop = Shop.open(api.sql(), "Europe/Paris");
    elsewhere = Shop.open(api.sql(), "America/New_York");
    owner = TestUser.owner(api, shop);
    operator = TestUser.operator(api);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void ownerMakesABarberWhoLogsIn() {
    String email = fresh();

    Reply made =
        owner.post(
            STAFF,
            """
            {"name": "Anna", "email": "%s", "password": "her first password", "role": "barber",
             "barberId": %d}
            """
                .formatted(email, shop.anna()));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(made.json().path("locationId").asLong()).isEqualTo(shop.id());
    assertThat(made.json().path("barberId").asLong()).isEqualTo(shop.anna());
    assertThat(owner.get(made.header("Location")).json()).isEqualTo(made.json());
    Reply login =
        api.send(
            api.requestOfNobody("/api/v1/login")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"email\": \"%s\", \"password\": \"her first password\"}"
                            .formatted(email))));
    assertThat(login.status()).isEqualTo(200);
  }

  static Stream<Arguments> whatOwnersMayNotMake() {
    return Stream.of(
        arguments("\"role\": \"operator\"", 403, "forbidden"),
        arguments("\"role\": \"client\"", 403, "forbidden"),
        arguments("\"role\": \"barber\", \"locationId\": %2$d", 403, "forbidden"),
        arguments("\"role\": \"owner\", \"locationId\": 999999", 403, "forbidden"),
        arguments("\"role\": \"barber\", \"barberId\": %3$d", 404, "barber-not-found"),
        arguments("\"role\": \"barber\", \"barberId\": 999999", 404, "barber-not-found"),
        arguments("\"role\": \"admin\"", 400, "invalid-request"),
        arguments("\"role\": \"OPERATOR\"", 400, "invalid-request"),
        arguments("\"role\": \"\"", 400, "invalid-request"),
        arguments("\"role\": 3", 400, "invalid-request"),
        arguments("\"role\": null", 400, "invalid-request"),
        arguments("\"role\": [\"barber\"]", 400, "invalid-request"));
  }

  @ParameterizedTest
  @MethodSource("whatOwnersMayNotMake")
  void ownersGrantNoMoreThanTheirLocation(String members, int status, String code) {
    String body =
        "{\"name\": \"X\", \"email\": \"%1$s\", \"password\": \"long enough to do\", "
            + members
            + "}";

    assertProblem(
        owner.post(STAFF, body.formatted(fresh(), elsewhere.id(), elsewhere.anna())), status, code);
  }

  @Test
  void operatorsMakeAll() {
    for (String members :
        List.of(
            "\"role\": \"operator\"",
            "\"role\": \"owner\", \"locationId\": " + elsewhere.id(),
            "\"role\": \"barber\", \"locationId\": " + elsewhere.id())) {
      assertThat(operator.post(STAFF, staff(members)).status()).as(members).isEqualTo(201);
    }
    assertThat(operator.post(STAFF, staff("\"role\": \"owner\"")).errorFields())
        .containsExactly("locationId");
    assertThat(
            operator
                .post(STAFF, staff("\"role\": \"operator\", \"locationId\": " + shop.id()))
                .errorFields())
        .containsExactly("locationId");
    assertThat(operator.post(STAFF, staff("\"role\": \"client\"")).errorFields())
        .containsExactly("role");
    assertProblem(
        operator.post(STAFF, staff("\"role\": \"owner\", \"locationId\": 999999")),
        404,
        "location-not-found");
  }

  @Test
  void ownersSeeTheirOwnStaffAndNobodyElse() {
    TestUser barber = TestUser.barber(api, shop);
    TestUser stranger = TestUser.barber(api, elsewhere);
    TestUser client = TestUser.client(api);

    assertThat(owner.get(USERS + barber.id()).status()).isEqualTo(200);
    for (TestUser hidden : List.of(stranger, client, operator)) {
      assertProblem(owner.get(USERS + hidden.id()), 404, "user-not-found");
      assertProblem(owner.patch(USERS + hidden.id(), "{\"active\": false}"), 404, "user-not-found");
    }
    List<Long> listed = ids(owner.get("/api/v1/users?limit=100"));
    assertThat(listed).contains(barber.id(), owner.id()).doesNotContain(stranger.id(), client.id());
    assertThat(ids(operator.get("/api/v1/users?limit=100")))
        .contains(barber.id(), stranger.id(), client.id());
  }

  @Test
  void listsComePageByPage() {
    Reply first = operator.get("/api/v1/users?limit=1");
    Reply second =
        operator.get("/api/v1/users?limit=1&cursor=" + first.json().path("nextCursor").asString());

    assertThat(ids(first)).hasSize(1);
    assertThat(ids(second).getFirst()).isGreaterThan(ids(first).getFirst());
  }

  @Test
  void changedRoleIsInForceAtOnce() {
    TestUser barber = TestUser.barber(api, shop);
    assertThat(barber.get("/api/v1/users").status()).isEqualTo(403);

    assertThat(owner.patch(USERS + barber.id(), "{\"role\": \"owner\"}").status()).isEqualTo(200);
    assertThat(barber.get("/api/v1/users").status()).isEqualTo(200);

    operator.patch(USERS + barber.id(), "{\"locationId\": %d}".formatted(elsewhere.id()));
    assertProblem(barber.get(USERS + owner.id()), 404, "user-not-found");

    operator.patch(USERS + barber.id(), "{\"role\": \"client\"}");
    assertThat(barber.get("/api/v1/users").status()).isEqualTo(403);
    assertThat(barber.get("/api/v1/me").json().has("locationId")).isFalse();
  }

  @Test
  void deactivatedUsersTokensAreVoidAtOnce() {
    TestUser barber = TestUser.barber(api, shop);
    assertThat(barber.get("/api/v1/me").status()).isEqualTo(200);

    owner.patch(USERS + barber.id(), "{\"active\": false}");
    assertProblem(barber.get("/api/v1/me"), 401, "invalid-token");
    assertProblem(barber.get("/api/v1/locations"), 401, "invalid-token");

    owner.patch(USERS + barber.id(), "{\"active\": true}");
    assertThat(barber.get("/api/v1/me").status()).isEqualTo(200);
  }

  @Test
  void changesAreBasedOnTheVersionThatWasSeen() {
    TestUser barber = TestUser.barber(api, shop);
    Reply seen = owner.get(USERS + barber.id());
    String tag = seen.header("ETag");
    assertThat(tag).isEqualTo("\"" + seen.json().path("version").asLong() + "\"");
    assertThat(barber.get("/api/v1/me").header("ETag")).isEqualTo(tag);
    assertThat(
            api.get("/api/v1/me", barber.header()[0], barber.header()[1], "If-None-Match", tag)
                .status())
        .isEqualTo(304);

    // By SQL too, whatever the statement says about the version.
    api.sql()
        .sql("UPDATE users SET language = 'fr', version = version WHERE id = ?")
        .param(barber.id())
        .update();

    String change = "{\"name\": \"Anna B\"}";
    assertProblem(
        patch(owner, USERS + barber.id(), change, "If-Match", tag), 412, "precondition-failed");
    assertProblem(patch(barber, "/api/v1/me", change, "If-Match", tag), 412, "precondition-failed");
    Reply changed =
        patch(
            barber,
            "/api/v1/me",
            change,
            "If-Match",
            owner.get(USERS + barber.id()).header("ETag"));
    assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    assertThat(changed.header("ETag")).isNotEqualTo(tag);
  }

  @Test
  void keysAreTakenAlsoWhereBodiesHavePasswords() {
    String body = staff("\"role\": \"barber\"");
    String[] headers = {owner.header()[0], owner.header()[1], "Idempotency-Key", "staff-1"};

    Reply made = api.post(STAFF, body, headers);
    Reply again = api.post(STAFF, body, headers);
    Reply other = api.post(STAFF, body.replace("long enough", "another one"), headers);

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(made.json());
    assertProblem(other, 422, "idempotency-key-reused");
    String stored =
        api.sql()
            .sql("SELECT fingerprint FROM idempotency_keys WHERE key = 'staff-1'")
            .query(String.class)
            .single();
    assertThat(stored)
        .as("not a digest that anybody can compute")
        .isNotEqualTo(sha256(STAFF, body));
  }

  private static String sha256(String path, String body) {
    try {
      byte[] text = ("POST " + path + "?\n" + body).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void registrationIsRepeatedByTheSameRequestOnly() {
    String body =
        "{\"name\": \"X\", \"email\": \"%s\", \"password\": \"long enough to do\"}"
            .formatted(fresh());

    Reply made = register(body, "first");
    Reply again = register(body, "first");
    Reply guess = register(body.replace("to do", "to try"), "first");
    Reply other = register(body.replaceAll("staff\\d+", "another"), "first");

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.json()).isEqualTo(made.json());
    assertProblem(guess, 409, "email-taken");
    assertThat(other.status()).as("somebody else's key").isEqualTo(201);
  }

  private static Reply register(String body, String key) {
    return api.send(
        api.requestOfNobody("/api/v1/users", "Idempotency-Key", key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static Reply patch(TestUser user, String path, String json, String... headers) {
    return api.send(
        api.request(path, user.header())
            .headers(headers)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(json)));
  }

  /** This Java may know zones that the database does not, as it has an edition of its own. */
  @Test
  void zoneThatTheDatabaseDoesNotKnowIsRefused() {
    api.sql()
        .sql(
            """
            CREATE OR REPLACE FUNCTION time_zone_is_known(zone text) RETURNS boolean
            LANGUAGE sql STABLE RETURN zone <> 'Pacific/Fiji'
            """)
        .update();
    TestUser client = TestUser.client(api);
    String zone = "\"timeZone\": \"Pacific/Fiji\"";

    Reply changed = client.patch("/api/v1/me", "{" + zone + "}");
    Reply made =
        register(
            "{\"name\": \"X\", \"email\": \"%s\", \"password\": \"long enough to do\", %s}"
                .formatted(fresh(), zone),
            "zone");

    for (Reply reply : List.of(changed, made)) {
      assertProblem(reply, 400, "invalid-request");
      assertThat(reply.errorFields()).containsExactly("timeZone");
    }
    assertThat(client.patch("/api/v1/me", "{\"timeZone\": \"Asia/Tokyo\"}").status())
        .isEqualTo(200);
  }

  @Test
  void nobodyChangesHerOwnRightsAndOwnersGiveNoOthers() {
    assertProblem(operator.patch(USERS + operator.id(), "{\"active\": false}"), 409, "own-account");
    assertProblem(
        operator.patch(USERS + operator.id(), "{\"role\": \"client\"}"), 409, "own-account");
    assertProblem(owner.patch(USERS + owner.id(), "{\"role\": \"barber\"}"), 409, "own-account");
    assertProblem(owner.patch(USERS + owner.id(), "{\"role\": \"operator\"}"), 403, "forbidden");
    assertProblem(
        owner.patch(USERS + owner.id(), "{\"password\": \"another long one\"}"),
        409,
        "own-account");
    TestUser barber = TestUser.barber(api, shop);
    for (String body :
        List.of(
            "{\"role\": \"operator\"}",
            "{\"role\": \"client\"}",
            "{\"locationId\": %d}".formatted(elsewhere.id()))) {
      assertProblem(owner.patch(USERS + barber.id(), body), 403, "forbidden");
    }
  }

  @Test
  void newPasswordVoidsTheUsersTokens() {
    TestUser barber = TestUser.barber(api, shop);

    owner.patch(USERS + barber.id(), "{\"password\": \"set by the owner\"}");

    assertProblem(barber.get("/api/v1/me"), 401, "invalid-token");
  }

  @Test
  void privilegedActionsAreWrittenDown() {
    TestUser barber = TestUser.barber(api, shop);
    owner.patch(USERS + barber.id(), "{\"active\": false, \"password\": \"set by the owner\"}");

    JsonNode log = operator.get("/api/v1/audit?limit=100").json();

    List<JsonNode> entries =
        log.path("items")
            .valueStream()
            .filter(entry -> entry.path("target").asString().equals("user:" + barber.id()))
            .toList();
    assertThat(entries)
        .extracting(entry -> entry.path("action").asString())
        .containsExactly("user.change", "user.password");
    assertThat(entries.getFirst().path("userId").asLong()).isEqualTo(owner.id());
    assertThat(entries.getFirst().path("role").asString()).isEqualTo("owner");
    assertThat(entries.getFirst().at("/detail/active").asBoolean()).isFalse();
    assertThat(log.toString()).doesNotContain("set by the owner");
    Reply newest = operator.get("/api/v1/audit?limit=1");
    Reply next =
        operator.get("/api/v1/audit?limit=1&cursor=" + newest.json().path("nextCursor").asString());
    assertThat(newest.json().at("/items/0/id").asLong())
        .isGreaterThan(next.json().at("/items/0/id").asLong());
    assertProblem(
        operator.get("/api/v1/users?cursor=" + newest.json().path("nextCursor").asString()),
        400,
        "invalid-request");
  }

  /** What is refused leaves no trace: the entry is part of the transaction. */
  @Test
  void refusedActionsAreNot() {
    long before = entries();

    owner.post(STAFF, staff("\"role\": \"barber\", \"barberId\": 999999"));
    operator.patch(USERS + operator.id(), "{\"active\": false}");

    assertThat(entries()).isEqualTo(before);
  }

  private static long entries() {
    return api.sql().sql("SELECT count(*) FROM audit_log").query(Long.class).single();
  }

  private static List<Long> ids(Reply page) {
    return page.json().path("items").valueStream().map(user -> user.path("id").asLong()).toList();
  }

  private static String staff(String members) {
    return "{\"name\": \"X\", \"email\": \"%s\", \"password\": \"long enough to do\", %s}"
        .formatted(fresh(), members);
  }

  private static String fresh() {
    return "staff" + COUNT.incrementAndGet() + "@example.org";
  }
}
