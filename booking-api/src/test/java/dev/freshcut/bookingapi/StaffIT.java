package dev.freshcut.bookingapi;

import static dev.freshcut.bookingapi.AppointmentsIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.http.HttpRequest.BodyPublishers;
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
    List<Long> listed = ids(owner.get("/api/v1/users?limit=200"));
    assertThat(listed).contains(barber.id(), owner.id()).doesNotContain(stranger.id(), client.id());
    assertThat(ids(operator.get("/api/v1/users?limit=200")))
        .contains(barber.id(), stranger.id(), client.id());
  }

  @Test
  void listsComePageByPage() {
    Reply first = operator.get("/api/v1/users?limit=1");
    Reply second =
        operator.get("/api/v1/users?limit=1&after=" + first.json().path("nextAfter").asLong());

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

    JsonNode log = operator.get("/api/v1/audit?limit=200").json();

    List<JsonNode> entries =
        log.path("entries")
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
    Reply page =
        operator.get("/api/v1/audit?limit=1&before=" + entries.getFirst().path("id").asLong());
    assertThat(page.json().at("/entries/0/id")).isEqualTo(entries.getLast().path("id"));
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
    return page.json().path("users").valueStream().map(user -> user.path("id").asLong()).toList();
  }

  private static String staff(String members) {
    return "{\"name\": \"X\", \"email\": \"%s\", \"password\": \"long enough to do\", %s}"
        .formatted(fresh(), members);
  }

  private static String fresh() {
    return "staff" + COUNT.incrementAndGet() + "@example.org";
  }
}
