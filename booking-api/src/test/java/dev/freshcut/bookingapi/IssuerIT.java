package dev.freshcut.bookingapi;

import static dev.freshcut.bookingapi.AppointmentsIT.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Users who log in at an OpenID Connect issuer, here one that only publishes its key. */
class IssuerIT {
  private static RSAKey key;
  private static HttpServer server;
  private static String issuer;
  private static ApiFixture api;

  @BeforeAll
  static void start() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("k1").generate();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer = "http://localhost:" + server.getAddress().getPort() + "/realm";
    serve(
        "/realm/.well-known/openid-configuration",
        """
        {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"],
         "authorization_endpoint": "%1$s/auth", "token_endpoint": "%1$s/token",
         "response_types_supported": ["code"]}
        """
            .formatted(issuer));
    serve("/realm/keys", new JWKSet(key.toPublicJWK()).toString());
    server.start();
    api = new ApiFixture(Map.of("freshcut.security.issuer", issuer));
  }

  @AfterAll
  static void stop() {
    api.close();
    server.stop(0);
  }

  private static void serve(String path, String json) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = json.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void somebodyNewBecomesAClient() throws Exception {
    String token = sign(claims("new").claim("name", "Nora\nN").build());

    Reply me = me(token);

    assertThat(me.status()).as(me.toString()).isEqualTo(200);
    assertThat(me.json().path("role").asString()).isEqualTo("client");
    assertThat(me.json().path("name").asString()).isEqualTo("Nora N");
    assertThat(me.json().path("email").asString()).isEqualTo("new@example.org");
    assertThat(me(token).json().path("id")).isEqualTo(me.json().path("id"));
  }

  @Test
  void firstOperatorIsBoundByHerEmail() throws Exception {
    String token = sign(claims("boss").claim("email", ApiFixture.OPERATOR).build());

    assertThat(me(token).json().path("role").asString()).isEqualTo("operator");
    String another = sign(claims("impostor").claim("email", ApiFixture.OPERATOR).build());
    assertProblem(me(another), 401, "invalid-token");
  }

  @Test
  void staffAreMadeWithoutAPasswordAndBoundLater() throws Exception {
    Shop shop = Shop.open(api.sql(), "Europe/Paris");
    String operator = sign(claims("boss").claim("email", ApiFixture.OPERATOR).build());
    String body =
        "{\"name\": \"Anna\", \"email\": \"anna@example.org\", \"role\": \"barber\","
            + " \"locationId\": %d%s}";

    Reply refused =
        post(
            "/api/v1/staff", body.formatted(shop.id(), ", \"password\": \"0123456789\""), operator);
    Reply made = post("/api/v1/staff", body.formatted(shop.id(), ""), operator);
    Reply me = me(sign(claims("anna").build()));

    assertThat(refused.errorFields()).containsExactly("password");
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(me.json()).isEqualTo(expectedAfterBinding(made, me));
    assertThat(me.json().path("role").asString()).isEqualTo("barber");
  }

  @Test
  void simultaneousFirstRequestsMakeOneUser() throws Exception {
    String token = sign(claims("eager").build());

    List<Reply> replies = IntStream.range(0, 8).parallel().mapToObj(i -> me(token)).toList();

    assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
    assertThat(replies.stream().map(reply -> reply.json().path("id").asLong()).distinct())
        .hasSize(1);
  }

  @Test
  void emailThatIsNotVerifiedMakesNobody() throws Exception {
    for (Object verified : new Object[] {false, "true", "yes"}) {
      String token = sign(claims("unverified").claim("email_verified", verified).build());
      assertProblem(me(token), 401, "invalid-token");
    }
    assertProblem(me(sign(claims("none").claim("email", null).build())), 401, "invalid-token");
  }

  @Test
  void otherTokensAreRefused() throws Exception {
    RSAKey other = new RSAKeyGenerator(2048).keyID("k1").generate();
    SignedJWT confused =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), claims("x").build());
    confused.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
    long operator =
        api.sql().sql("SELECT id FROM users WHERE role = 'operator'").query(Long.class).single();
    for (String token :
        List.of(
            sign(claims("x").build(), other),
            confused.serialize(),
            sign(claims("x").audience("elsewhere").build()),
            sign(claims("x").issuer("http://localhost/other").build()),
            sign(claims("x").expirationTime(Date.from(now().minusSeconds(3600))).build()),
            ownToken(operator))) {
      assertProblem(me(token), 401, "invalid-token");
    }
  }

  @Test
  void withoutTheIssuerNobodyIsCalledAStranger() throws Exception {
    try (ApiFixture alone =
        new ApiFixture(Map.of("freshcut.security.issuer", "http://localhost:1/realm"))) {
      String token = sign(claims("x").issuer("http://localhost:1/realm").build());

      Reply reply = alone.get("/api/v1/me", "Authorization", "Bearer " + token);

      assertProblem(reply, 503, "issuer-unavailable");
      assertThat(reply.header("Retry-After")).isEqualTo("5");
      assertThat(alone.send(alone.requestOfNobody("/api/v1/locations").GET()).status())
          .isEqualTo(200);
    }
  }

  @Test
  void thereIsNoOwnLogin() throws Exception {
    String token = sign(claims("visitor").build());

    assertProblem(
        post(
            "/api/v1/login",
            "{\"email\": \"%s\", \"password\": \"%s\"}"
                .formatted(ApiFixture.OPERATOR, ApiFixture.PASSWORD),
            token),
        404,
        "not-found");
    assertProblem(
        post(
            "/api/v1/users",
            "{\"name\": \"A\", \"email\": \"a@b.example\", \"password\": \"0123456789\"}",
            token),
        404,
        "not-found");
    assertProblem(
        post(
            "/api/v1/me/password",
            "{\"currentPassword\": \"0123456789\", \"newPassword\": \"0123456789\"}",
            token),
        404,
        "not-found");
  }

  /** What was made, with the version that the binding left. */
  private static tools.jackson.databind.JsonNode expectedAfterBinding(Reply made, Reply me) {
    var expected = (tools.jackson.databind.node.ObjectNode) made.json();
    expected.set("version", me.json().path("version"));
    return expected;
  }

  private static Reply me(String token) {
    return api.get("/api/v1/me", "Authorization", "Bearer " + token);
  }

  private static Reply post(String path, String json, String token) {
    return api.send(
        api.request(path, "Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private static JWTClaimsSet.Builder claims(String subject) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience("freshcut")
        .subject("id-of-" + subject)
        .expirationTime(Date.from(now().plus(Duration.ofHours(1))))
        .claim("email", subject + "@example.org")
        .claim("email_verified", true);
  }

  private static Instant now() {
    return Clock.systemUTC().instant();
  }

  private static String sign(JWTClaimsSet claims) throws JOSEException {
    return sign(claims, key);
  }

  private static String sign(JWTClaimsSet claims, RSAKey by) throws JOSEException {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(), claims);
    token.sign(new RSASSASigner(by));
    return token.serialize();
  }

  /** As a login of this service's own would issue it. */
  private static String ownToken(long user) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader(JWSAlgorithm.HS256),
            new JWTClaimsSet.Builder()
                .issuer("freshcut")
                .audience("freshcut")
                .subject(Long.toString(user))
                .expirationTime(Date.from(now().plus(Duration.ofHours(1))))
                .claim("cv", 1)
                .build());
    token.sign(new MACSigner(ApiFixture.SECRET.getBytes(StandardCharsets.UTF_8)));
    return token.serialize();
  }
}
