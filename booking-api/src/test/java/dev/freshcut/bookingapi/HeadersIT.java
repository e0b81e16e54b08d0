package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What protects browsers, and requests that are not what they seem. */
class HeadersIT {
  private static final String PAGE = "https://app.example.org";
  private static ApiFixture api;
  private static ApiFixture open;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
    open = new ApiFixture(Map.of("freshcut.security.cors-origins", PAGE));
  }

  @AfterAll
  static void stop() {
    open.close();
  }

  @Test
  void everyAnswerTellsBrowsersToBeCareful() {
    List<Reply> replies =
        List.of(
            api.get("/api/v1/locations"),
            api.get("/api/v1/nothing"),
            api.get("/nothing"),
            api.get("/api/v1/locations?limit=0"),
            api.get("/actuator/health"),
            api.get("/v3/api-docs"),
            api.send(api.requestOfNobody("/api/v1/me").GET()),
            api.get("/api/v1/me", "Authorization", "Bearer x"),
            api.post("/api/v1/login", "x".repeat(100_000)));

    assertThat(replies)
        .extracting(Reply::status)
        .containsExactly(200, 404, 404, 400, 200, 200, 401, 401, 413);
    assertThat(replies)
        .allSatisfy(
            reply -> {
              assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
              assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
              assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
              assertThat(reply.header("Content-Security-Policy"))
                  .startsWith("default-src 'none'; frame-ancestors 'none'");
              assertThat(reply.header("Set-Cookie")).isEmpty();
              assertThat(reply.header("Server")).isEmpty();
            });
    assertThat(api.get("/swagger-ui/index.html").header("Content-Security-Policy"))
        .contains("script-src 'self';");
  }

  @Test
  void pagesOfOtherOriginsAreNotLetIn() {
    assertThat(preflight(api, PAGE).header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(preflight(open, "https://evil.example.org").status()).isEqualTo(403);

    Reply allowed = preflight(open, PAGE);
    assertThat(allowed.status()).isEqualTo(200);
    assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
    assertThat(allowed.header("Access-Control-Allow-Headers")).contains("authorization");
    assertThat(allowed.header("Access-Control-Allow-Credentials")).isEmpty();
  }

  @Test
  void healthTellsReasonsToOperatorsOnly() {
    for (String path : List.of("/actuator/health", "/actuator/health/readiness")) {
      assertThat(api.get(path).json().has("components")).isTrue();
      for (Reply reply :
          List.of(api.send(api.requestOfNobody(path).GET()), TestUser.client(api).get(path))) {
        assertThat(reply.json().path("status").asString()).isEqualTo("UP");
        assertThat(reply.json().has("components")).isFalse();
      }
    }
  }

  @Test
  void optionsNeedNoToken() {
    Reply options =
        api.send(
            api.requestOfNobody("/api/v1/appointments").method("OPTIONS", BodyPublishers.noBody()));

    assertThat(options.status()).isEqualTo(200);
    assertThat(options.header("Allow")).contains("POST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \u0001\r\n\r\n",
        "GET /api/v1/locations HTTP/1.1\r\nHost: x\r\nConsistency-Token: a\u0085b\r\n\r\n",
        "GET /api/v1/locations?a%00=1 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/v1/%2f/me HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/v1/%/me HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/v1//me HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/v1/me;x=1 HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/v1/%2e%2e/me HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /actuator/health/..;/prometheus HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nX-Original-URL: /api/v1/locations\r\n\r\n",
        "GET /API/v1/me HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/v1/me/ HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/v1/me.json HTTP/1.1\r\nHost: x\r\n\r\n",
        "HEAD /api/v1/me HTTP/1.1\r\nHost: x\r\n\r\n",
        "PROPFIND /api/v1/me HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /api/v1/me?_method=GET HTTP/1.1\r\nHost: x\r\nX-HTTP-Method-Override: GET\r\n\r\n",
      })
  void detoursLeadNowhere(String request) throws IOException {
    try (Socket socket = new Socket("localhost", api.port())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();

      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(response).matches("(?s)HTTP/1.1 4\\d\\d .*").contains("application/problem+json");
      assertThat(response).doesNotContain("Exception", "Tomcat", "springframework");
      assertThat(response)
          .contains("X-Content-Type-Options: nosniff", "X-Frame-Options: DENY")
          .contains("Content-Security-Policy: default-src 'none'");
    }
  }

  private static Reply preflight(ApiFixture service, String origin) {
    return service.send(
        service
            .requestOfNobody(
                "/api/v1/appointments",
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "authorization,content-type")
            .method("OPTIONS", BodyPublishers.noBody()));
  }
}
