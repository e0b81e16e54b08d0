package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.security.QuickPasswords;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Registering, logging in, and changing one's own profile and password. */
class LoginIT {
  private static final String PASSWORD = "a good long password";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static ApiFixture api;

  @BeforeAll
  static void start() {
    api = new ApiFixture(Map.of(QuickPasswords.SETTING, false));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void clientRegistersLogsInAndIsHerself() {
    Reply registered = register("Ada.L@example.org", PASSWORD);
    assertThat(registered.status()).as(registered.toString()).isEqualTo(201);
    assertThat(registered.json().path("role").asString()).isEqualTo("client");
    assertThat(registered.header("Cache-Control")).isEqualTo("no-store");
    assertThat(registered.response().body()).doesNotContain("password", "hash", "argon2");

    Reply login = login("ada.l@EXAMPLE.org", PASSWORD);
    assertThat(login.status()).as(login.toString()).isEqualTo(200);
    assertThat(login.header("Cache-Control")).isEqualTo("no-store");
    assertThat(login.json().path("tokenType").asString()).isEqualTo("Bearer");

    Reply me = me(token(login));
    assertThat(me.json().path("email").asString()).isEqualTo("Ada.L@example.org");
    assertThat(me.header("Cache-Control")).isEqualTo("no-store");
    assertThat(hash("Ada.L@example.org")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @Test
  void firstOperatorIsTheOneInTheSettings() {
    Reply login = login(ApiFixture.OPERATOR, ApiFixture.PASSWORD);

    assertThat(me(token(login)).json().path("role").asString()).isEqualTo("operator");
  }

  @Test
  void whyALoginFailsIsNotSaid() {
    String email = fresh();
    register(email, PASSWORD);
    String inactive = fresh();
    register(inactive, PASSWORD);
    api.sql()
        .sql(
            """
            UPDATE users SET active = false
            WHERE id = (SELECT user_id FROM user_identities WHERE email = ?)
            """)
        .param(inactive)
        .update();

    List<Reply> replies =
        List.of(
            login(email, PASSWORD + "x"),
            login(email, ""),
            login(fresh(), PASSWORD),
            login(inactive, PASSWORD),
            login(TestUser.client(api).email(), PASSWORD)); // who has no password

    assertThat(replies)
        .allSatisfy(
            reply -> {
              AppointmentsIT.assertProblem(reply, 401, "login-failed");
              assertThat(reply.response().body()).isEqualTo(replies.getFirst().response().body());
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "' OR '1'='1",
        "operator@example.org' --",
        "x'; DROP TABLE users; --",
        "\\'; SELECT pg_sleep(10); --",
        "%",
        "{\"$ne\": 1}"
      })
  void emailIsNoSql(String email) {
    AppointmentsIT.assertProblem(login(email, PASSWORD), 401, "login-failed");
    AppointmentsIT.assertProblem(register(email, PASSWORD), 400, "invalid-request");
    assertThat(login(ApiFixture.OPERATOR, ApiFixture.PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void quotesInAnEmailAreText() {
    String email = "o'brien" + COUNT.incrementAndGet() + "@example.org";
    assertThat(register(email, PASSWORD).status()).isEqualTo(201);
    assertThat(login(email, PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void passwordsAreBounded() {
    for (String password :
        List.of("", "short", "x".repeat(9), "x".repeat(201), "x".repeat(50_000))) {
      Reply reply = register(fresh(), password);
      AppointmentsIT.assertProblem(reply, 400, "invalid-request");
      assertThat(reply.errorFields()).containsExactly("password");
    }
    AppointmentsIT.assertProblem(
        login(ApiFixture.OPERATOR, "x".repeat(50_000)), 400, "invalid-request");
    AppointmentsIT.assertProblem(register(fresh(), "x".repeat(100_000)), 413, "body-too-large");
  }

  /** bcrypt, for one, would look at 72 bytes only, and end at a NUL. */
  @Test
  void everyCharacterOfAPasswordCounts() {
    for (String password : List.of("x".repeat(199) + "y", "0123456789\0abc", "pässwörter – 密码")) {
      String email = fresh();
      assertThat(register(email, password).status()).isEqualTo(201);
      assertThat(login(email, password).status()).isEqualTo(200);
      String other = password.substring(0, password.length() - 1) + "z";
      assertThat(login(email, other).status()).isEqualTo(401);
    }
  }

  @Test
  void sameTextInOtherCodePointsIsTheSamePassword() {
    String email = fresh();
    register(email, "mélange de café"); // é as one code point
    assertThat(login(email, "mélange de café").status()).isEqualTo(200);
  }

  @Test
  void emailIsTakenOnce() {
    String email = fresh();
    register(email, PASSWORD);

    AppointmentsIT.assertProblem(
        register(email.toUpperCase(java.util.Locale.ROOT), PASSWORD), 409, "email-taken");
    assertThat(
            api.sql()
                .sql(
                    """
                    SELECT count(*) FROM users u
                    WHERE NOT EXISTS (SELECT FROM user_identities WHERE user_id = u.id)
                    """)
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void nobodyRegistersAsMoreThanAClient() {
    String email = fresh();
    for (String member :
        List.of("\"role\": \"operator\"", "\"active\": true", "\"locationId\": 1")) {
      Reply reply =
          anonymously(
              "/api/v1/users",
              "{\"name\": \"Eve\", \"email\": \"%s\", \"password\": \"%s\", %s}"
                  .formatted(email, PASSWORD, member));
      AppointmentsIT.assertProblem(reply, 400, "invalid-request");
    }
  }

  @Test
  void wrongPasswordsAreLimitedAlsoIfTheyComeTogether() {
    String email = fresh();
    register(email, PASSWORD);

    List<Reply> replies =
        IntStream.range(0, 20).parallel().mapToObj(i -> login(email, "wrong" + i)).toList();
    Reply right = login(email, PASSWORD);

    assertThat(replies).filteredOn(reply -> reply.status() == 401).hasSize(5);
    assertThat(replies).filteredOn(reply -> reply.status() == 429).hasSize(15);
    AppointmentsIT.assertProblem(right, 429, "too-many-logins");
    assertThat(Integer.parseInt(right.header("Retry-After"))).isBetween(1, 60);
  }

  @Test
  void profileIsChangedByItsUser() {
    TestUser user = TestUser.client(api);
    user.get("/api/v1/me");

    Reply changed =
        user.patch(
            "/api/v1/me",
            """
            {"name": "Zoë B", "phone": "+33 1 23", "timeZone": "Asia/Kathmandu",
             "language": "fr-FR"}
            """);
    Reply me = user.get("/api/v1/me");

    assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    assertThat(me.json()).isEqualTo(changed.json());
    assertThat(me.json().path("timeZone").asString()).isEqualTo("Asia/Kathmandu");
    assertThat(me.json().path("name").asString()).isEqualTo("Zoë B");
    assertThat(user.get("/api/v1/me").isHit()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"role\": \"operator\"}",
        "{\"id\": 1}",
        "{\"timeZone\": \"+02:00\"}",
        "{\"timeZone\": \"Mars/Olympus\"}",
        "{\"timeZone\": \"EST5EDT\"}",
        "{\"language\": \"french\"}",
        "{\"name\": \" \"}",
        "{\"name\": \"a\\u0000b\"}",
        "{\"phone\": \"<script>\"}"
      })
  void profileIsStrict(String body) {
    TestUser user = TestUser.client(api);

    AppointmentsIT.assertProblem(user.patch("/api/v1/me", body), 400, "invalid-request");
  }

  @Test
  void newPasswordVoidsTheTokensOfTheOldOne() {
    String email = fresh();
    register(email, PASSWORD);
    String old = token(login(email, PASSWORD));
    assertThat(me(old).status()).isEqualTo(200);

    Reply refused = changePassword(old, "not the current one", "another long password");
    Reply changed = changePassword(old, PASSWORD, "another long password");

    AppointmentsIT.assertProblem(refused, 403, "forbidden");
    assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    AppointmentsIT.assertProblem(me(old), 401, "invalid-token");
    assertThat(me(token(changed)).status()).isEqualTo(200);
    assertThat(login(email, PASSWORD).status()).isEqualTo(401);
    assertThat(login(email, "another long password").status()).isEqualTo(200);
  }

  /** As many as may be tried at {@code /login} from one address. */
  @Test
  void wrongPasswordsOfOthersKeepNobodyFromChangingHers() {
    String mine = registeredToken();
    for (int other = 0; other < 6; other++) {
      String token = registeredToken();
      for (int i = 0; i < 5; i++) {
        AppointmentsIT.assertProblem(
            changePassword(token, "wrong password " + i, "another long password"),
            403,
            "forbidden");
      }
    }

    Reply changed = changePassword(mine, PASSWORD, "another long password");

    assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
  }

  @Test
  void loginsAreWrittenDownWithoutWhatWasTyped() {
    login("a-password-in-the-wrong-field", "x");
    TestUser operator = TestUser.operator(api);

    Reply log = operator.get("/api/v1/audit?limit=100");

    assertThat(log.json().path("items").valueStream())
        .anySatisfy(
            entry -> {
              assertThat(entry.path("action").asString()).isEqualTo("login.failed");
              assertThat(entry.path("target").asString()).isEqualTo("user:unknown");
              assertThat(entry.path("address").asString()).isNotEmpty();
            });
    assertThat(log.response().body()).doesNotContain("wrong-field");
  }

  private static String registeredToken() {
    String email = fresh();
    register(email, PASSWORD);
    return token(login(email, PASSWORD));
  }

  private static String fresh() {
    return "client" + COUNT.incrementAndGet() + "@example.org";
  }

  private static Reply register(String email, String password) {
    return anonymously(
        "/api/v1/users",
        JsonMapper.shared()
            .writeValueAsString(Map.of("name", "Ada", "email", email, "password", password)));
  }

  private static Reply login(String email, String password) {
    return anonymously(
        "/api/v1/login",
        JsonMapper.shared().writeValueAsString(Map.of("email", email, "password", password)));
  }

  private static Reply changePassword(String token, String current, String wanted) {
    return api.post(
        "/api/v1/me/password",
        JsonMapper.shared()
            .writeValueAsString(Map.of("currentPassword", current, "newPassword", wanted)),
        "Authorization",
        "Bearer " + token);
  }

  private static Reply anonymously(String path, String json) {
    return api.send(
        api.requestOfNobody(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private static Reply me(String token) {
    return api.get("/api/v1/me", "Authorization", "Bearer " + token);
  }

  private static String token(Reply reply) {
    return reply.json().path("accessToken").asString();
  }

  private static String hash(String email) {
    return api.sql()
        .sql("SELECT password_hash FROM user_identities WHERE email = ?")
        .param(email)
        .query(String.class)
        .single();
  }
}
