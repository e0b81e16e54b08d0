package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that are not good, for what reason ever, open nothing; not even what is public. */
class TokensIT {
  private static final String OTHER_SECRET = "known to somebody else and not to this service";
  private static ApiFixture api;
  private static TestUser client;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
    client = TestUser.client(api);
  }

  @Test
  void startIsRefusedWithoutASecret() {
    assertThatThrownBy(
            () ->
                BookingApiApplication.start(
                    ApiFixture.settings(
                        ApiFixture.newDatabase(), Map.of("freshcut.security.secret", "guess me"))))
        .hasStackTraceContaining("freshcut.security.secret is too short")
        .hasStackTraceContaining("openssl rand -hex 32");
  }

  @Test
  void goodOneIsTaken() throws Exception {
    assertThat(get("/api/v1/me", sign(claims().build())).status()).isEqualTo(200);
  }

  static Stream<Arguments> badOnes() throws Exception {
    String good = sign(claims().build());
    String[] parts = good.split("\\.", -1);
    String none = base64("{\"alg\":\"none\"}");
    String asOperator = base64(payload(parts[1]).replace("\"sub\":\"", "\"sub\":\"1"));
    return Stream.of(
        arguments("expired", sign(claims().expirationTime(past()).build())),
        arguments("without expiry", sign(claims().expirationTime(null).build())),
        arguments("not yet valid", sign(claims().notBeforeTime(inAnHour()).build())),
        arguments("unsigned", new PlainJWT(claims().build()).serialize()),
        arguments("alg none, old signature", none + "." + parts[1] + "." + parts[2]),
        arguments("alg none, no signature", none + "." + parts[1] + "."),
        arguments("no signature", parts[0] + "." + parts[1] + "."),
        arguments("other payload", parts[0] + "." + asOperator + "." + parts[2]),
        arguments("other secret", sign(claims().build(), OTHER_SECRET, JWSAlgorithm.HS256)),
        arguments(
            "other algorithm",
            sign(claims().build(), ApiFixture.SECRET + ApiFixture.SECRET, JWSAlgorithm.HS512)),
        arguments("other audience", sign(claims().audience("elsewhere").build())),
        arguments("no audience", sign(claims().audience((String) null).build())),
        arguments("other issuer", sign(claims().issuer("https://example.org").build())),
        arguments("no issuer", sign(claims().issuer(null).build())),
        arguments("no subject", sign(claims().subject(null).build())),
        arguments("subject of nobody", sign(claims().subject("999999").build())),
        arguments("subject that is no id", sign(claims().subject("1 OR 1=1").build())),
        arguments("subject below", sign(claims().subject("-1").build())),
        arguments("subject too large", sign(claims().subject("9".repeat(30)).build())),
        arguments("other credentials", sign(claims().claim("cv", 2).build())),
        arguments("no credentials", sign(claims().claim("cv", null).build())),
        arguments("credentials as text", sign(claims().claim("cv", "1").build())),
        arguments("no token at all", "secret"),
        arguments("two dots", ".."),
        arguments("spaces", good + " " + good),
        arguments("not Base64", "ä.ö.ü"),
        arguments("long", "a".repeat(6_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badOnes")
  void badOneIsRefused(String what, String token) {
    for (String path :
        List.of("/api/v1/me", "/api/v1/locations", "/api/v1/nothing", "/actuator/prometheus")) {
      Reply reply = get(path, token);

      assertThat(reply.status()).as(what).isIn(400, 401);
      AppointmentsIT.assertProblem(
          reply, reply.status(), reply.status() == 401 ? "invalid-token" : "malformed-request");
      if (reply.status() == 401) {
        assertThat(reply.header("WWW-Authenticate"))
            .isEqualTo("Bearer realm=\"freshcut\", error=\"invalid_token\"");
      }
      assertThat(reply.response().body()).doesNotContain("Jwt", "Exception", "nimbus");
    }
  }

  @Test
  void otherSchemesAreNoToken() {
    for (String authorization : List.of("Basic dXNlcjpwYXNz", "Digest x", "DPoP x", "bearer")) {
      Reply reply = api.get("/api/v1/me", "Authorization", authorization);
      assertThat(reply.status()).as(authorization).isEqualTo(401);
      assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void tokenInTheAddressIsNoToken() throws Exception {
    String token = sign(claims().build());

    Reply reply = api.send(api.requestOfNobody("/api/v1/me?access_token=" + token).GET());

    AppointmentsIT.assertProblem(reply, 401, "authentication-required");
  }

  @Test
  void tokenOfADeactivatedUserIsRefusedAtOnce() {
    TestUser user = TestUser.client(api);
    TestUser operator = TestUser.operator(api);
    assertThat(user.get("/api/v1/me").status()).isEqualTo(200);

    assertThat(operator.patch("/api/v1/users/" + user.id(), "{\"active\": false}").status())
        .isEqualTo(200);
    AppointmentsIT.assertProblem(user.get("/api/v1/me"), 401, "invalid-token");

    operator.patch("/api/v1/users/" + user.id(), "{\"active\": true}");
    assertThat(user.get("/api/v1/me").status()).isEqualTo(200);
  }

  private static Reply get(String path, String token) {
    return api.get(path, "Authorization", "Bearer " + token);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("freshcut")
        .audience("freshcut")
        .subject(Long.toString(client.id()))
        .issueTime(Date.from(now()))
        .expirationTime(inAnHour())
        .claim("cv", 1);
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }

  private static Date past() {
    return Date.from(now().minusSeconds(1));
  }

  private static Date inAnHour() {
    return Date.from(now().plus(Duration.ofHours(1)));
  }

  private static String sign(JWTClaimsSet claims) throws JOSEException {
    return sign(claims, ApiFixture.SECRET, JWSAlgorithm.HS256);
  }

  private static String sign(JWTClaimsSet claims, String secret, JWSAlgorithm algorithm)
      throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims);
    token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
    return token.serialize();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String payload(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }
}
