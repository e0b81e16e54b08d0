package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends, it gets a 4xx that says what is wrong with it. */
class BadInputIT {
  private static final String APPOINTMENTS = "/api/v1/appointments";
  private static final String LOCATION = "/api/v1/locations/{location}";
  private static final String SLOTS = LOCATION + "/slots";
  private static ApiFixture api;
  private static Shop shop;
  private static LocalDate day;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
    shop = Shop.open(api.sql(), "Europe/Paris");
    day = shop.day(3);
  }

  static Stream<Arguments> queries() {
    return Stream.of(
        arguments("?barber=any&service={service}", 400, "invalid-request", "date"),
        arguments("?from={day}&barber=any&service={service}", 400, "invalid-request", "to"),
        arguments("?to={day}&barber=any&service={service}", 400, "invalid-request", "date"),
        arguments("?date={day}&from={day}&service={service}", 400, "invalid-request", "date"),
        arguments("?from={day}&to=2026-01-01&service={service}", 400, "invalid-request", "to"),
        arguments("?date={day}&service={service}&ignore=0", 400, "invalid-request", "ignore"),
        arguments("?date={day}&barber=any", 400, "invalid-request", "service"),
        arguments("?date=&barber=any&service={service}", 400, "invalid-request", "date"),
        arguments("?date=tomorrow&barber=any&service={service}", 400, "invalid-request", "date"),
        arguments("?date=2026-02-30&barber=any&service={service}", 400, "invalid-request", "date"),
        arguments("?date=20.11.2026&barber=any&service={service}", 400, "invalid-request", "date"),
        arguments("?date=20261120&barber=any&service={service}", 400, "invalid-request", "date"),
        arguments(
            "?date=2026-11-20%2B01:00&barber=any&service={service}",
            400, "invalid-request", "date"),
        arguments("?date=1999-01-01&barber=any&service={service}", 400, "invalid-request", "date"),
        arguments(
            "?date=%2B999999999-01-01&barber=any&service={service}",
            400, "invalid-request", "date"),
        arguments(
            "?date={day}&date={day}&barber=any&service={service}", 400, "invalid-request", "date"),
        arguments("?date={day}&barber=ANY&service={service}", 400, "invalid-request", "barber"),
        arguments("?date={day}&barber=&service={service}", 400, "invalid-request", "barber"),
        arguments("?date={day}&barber=-1&service={service}", 400, "invalid-request", "barber"),
        arguments("?date={day}&barber=1e3&service={service}", 400, "invalid-request", "barber"),
        arguments(
            "?date={day}&barber=99999999999999999999&service={service}",
            400,
            "invalid-request",
            "barber"),
        arguments("?date={day}&barber=any&service=cut", 400, "invalid-request", "service"),
        arguments("?date={day}&barber=any&service=0", 400, "invalid-request", "service"),
        arguments(
            "?date={day}&barber=any&service=9223372036854775808",
            400,
            "invalid-request",
            "service"),
        arguments(
            "?date={day}&barber=any&service={service}&zone=Mars/Olympus",
            400,
            "invalid-request",
            "zone"),
        arguments(
            "?date={day}&barber=any&service={service}&zone=%2B02:00",
            400, "invalid-request", "zone"),
        arguments(
            "?date={day}&barber=any&service={service}&zone=europe/paris",
            400,
            "invalid-request",
            "zone"),
        arguments("?date={day}&barber=any&service=999999", 404, "service-not-found", null),
        arguments("?date={day}&barber=999999&service={service}", 404, "barber-not-found", null));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void slotQuery(String query, int status, String code, @Nullable String field) {
    assertRefused(api.get(filled(SLOTS + query)), status, code, field);
  }

  static Stream<Arguments> addresses() {
    return Stream.of(
        arguments("GET", "/api/v1/locations/0/services", 400, "invalid-request", "locationId"),
        arguments("GET", "/api/v1/locations/x/services", 400, "invalid-request", "locationId"),
        arguments("GET", "/api/v1/locations/999999/services", 404, "location-not-found", null),
        arguments("GET", "/api/v1/locations/999999/barbers", 404, "location-not-found", null),
        arguments(
            "GET", "/api/v1/locations/999999/business-hours", 404, "location-not-found", null),
        arguments("GET", LOCATION + "/barbers/999999/availability", 404, "barber-not-found", null),
        arguments("GET", LOCATION + "/barbers/-5/availability", 400, "invalid-request", "barberId"),
        arguments("GET", "/api/v1/locations?limit=0", 400, "invalid-request", "limit"),
        arguments("GET", "/api/v1/locations?limit=101", 400, "invalid-request", "limit"),
        arguments("GET", "/api/v1/locations?limit=many", 400, "invalid-request", "limit"),
        arguments("GET", "/api/v1/locations?cursor=x", 400, "invalid-request", "cursor"),
        arguments("GET", APPOINTMENTS, 400, "invalid-request", "location"),
        arguments("GET", APPOINTMENTS + "/1.5", 400, "invalid-request", "id"),
        arguments("GET", APPOINTMENTS + "/99999999999999999999", 400, "invalid-request", "id"),
        arguments("GET", APPOINTMENTS + "/%00", 400, "malformed-request", null),
        arguments("GET", "/api/v1/nothing", 404, "not-found", null),
        arguments("GET", "/nothing", 404, "not-found", null),
        arguments("GET", "/api/v1/locations/../../../actuator/env", 400, "malformed-request", null),
        arguments("DELETE", APPOINTMENTS + "/1", 405, "method-not-allowed", null),
        arguments("PUT", APPOINTMENTS, 405, "method-not-allowed", null),
        arguments("PATCH", SLOTS, 405, "method-not-allowed", null),
        arguments("TRACE", SLOTS, 405, "method-not-allowed", null));
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void address(String method, String path, int status, String code, @Nullable String field) {
    Reply reply =
        api.send(api.request(filled(path)).method(method, HttpRequest.BodyPublishers.noBody()));

    assertRefused(reply, status, code, field);
  }

  static Stream<Arguments> members() {
    String longText = "x".repeat(501);
    return Stream.of(
        arguments("\"locationId\": {location}", "\"locationId\": null", "locationId"),
        arguments("\"locationId\": {location}", "\"locationId\": \"{location}\"", "locationId"),
        arguments("\"locationId\": {location}", "\"locationId\": {location}.5", "locationId"),
        arguments("\"locationId\": {location}", "\"locationId\": -1", "locationId"),
        arguments(
            "\"locationId\": {location}", "\"locationId\": 9223372036854775808", "locationId"),
        arguments("\"locationId\": {location}", "\"locationId\": [1]", "locationId"),
        arguments("\"locationId\": {location}", "\"locationId\": true", "locationId"),
        arguments("\"locationId\": {location}", "\"barber\": 1", "barber"),
        arguments("\"startsAt\": \"{start}\"", "\"startsAt\": \"soon\"", "startsAt"),
        arguments("\"startsAt\": \"{start}\"", "\"startsAt\": 1763628000", "startsAt"),
        arguments("\"startsAt\": \"{start}\"", "\"startsAt\": null", "startsAt"),
        arguments("\"startsAt\": \"{start}\"", "\"startsAt\": {}", "startsAt"),
        arguments("\"startsAt\": \"{start}\"", "\"startsAt\": \"2026-11-20T10:00:00\"", "startsAt"),
        arguments("\"startsAt\": \"{start}\"", "\"startsAt\": \"2026-11-20\"", "startsAt"),
        arguments(
            "\"startsAt\": \"{start}\"",
            "\"startsAt\": \"+999999999-01-01T10:00:00Z\"",
            "startsAt"),
        arguments(
            "\"startsAt\": \"{start}\"", "\"startsAt\": \"{day}T10:00:30+01:00\"", "startsAt"),
        arguments("\"name\": \"Zoë\"", "\"name\": \" \"", "customer.name"),
        arguments("\"name\": \"Zoë\"", "\"name\": \"a\\u0000b\"", "customer.name"),
        arguments("\"name\": \"Zoë\"", "\"name\": \"a\\ud800\"", "customer.name"),
        arguments("\"name\": \"Zoë\"", "\"name\": \"" + longText + "\"", "customer.name"),
        arguments("\"name\": \"Zoë\"", "\"name\": 5", "customer.name"),
        arguments("zoe@example.org", "zoe", "customer.email"),
        arguments("zoe@example.org", longText + "@example.org", "customer.email"),
        arguments("+33 1 23 45 67 89", "<script>", "customer.phone"),
        arguments("\"customer\": {", "\"note\": \"" + longText + "\", \"customer\": {", "note"),
        arguments("\"customer\": {", "\"note\": \"a\\rb\", \"customer\": {", "note"),
        arguments("\"name\": \"Zoë\"", "\"name\": \"a\\tb\"", "customer.name"),
        arguments("\"customer\": {", "\"customer\": {\"vip\": true, ", "customer.vip"),
        arguments("\"customer\": {", "\"customer\": [], \"note\": {", "customer"));
  }

  @ParameterizedTest
  @MethodSource("members")
  void member(String original, String replacement, String field) {
    String valid = shop.booking(shop.anna(), day, "10:00");
    String body = valid.replace(filled(original), filled(replacement));
    assertThat(body).isNotEqualTo(valid);

    assertRefused(api.post(APPOINTMENTS, body), 400, "invalid-request", field);
  }

  static Stream<Arguments> bodies() {
    return Stream.of(
        arguments(""),
        arguments("{"),
        arguments("null"),
        arguments("[]"),
        arguments("\"text\""),
        arguments("5"),
        arguments("{\"startsAt\": \"2030-01-01T10:00:00Z\"} {}"),
        arguments("{\"startsAt\": \"2030-01-01T10:00:00Z\", \"startsAt\": null}"),
        arguments("{'startsAt': 1}"),
        arguments("{\"a\":".repeat(2_000)),
        arguments("\0"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void body(String body) {
    assertThat(api.post(APPOINTMENTS + "/1/move", body).status()).isEqualTo(400);
    assertRefused(api.post(APPOINTMENTS, body), 400, null, null);
  }

  /** The parser names no place for it. */
  @Test
  void bodyWithANumberOfTooManyDigits() {
    Reply reply = api.post(APPOINTMENTS, "{\"locationId\": " + "1".repeat(2_000) + "}");

    assertRefused(reply, 400, "malformed-request", null);
    assertThat(reply.json().path("detail").asString())
        .isEqualTo("The body is not the JSON object that is expected.");
  }

  @Test
  void bodyThatIsNoText() {
    assertRefused(
        api.send(
            api.request(APPOINTMENTS, "Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[] {'"', (byte) 0xff, '"'}))),
        400,
        "malformed-request",
        null);
  }

  @Test
  void bodyThatIsTooLarge() {
    String large = "{\"note\": \"" + "x".repeat(100_000) + "\"}";

    assertRefused(api.post(APPOINTMENTS, large), 413, "body-too-large", null);
    assertRefused( // without Content-Length
        api.send(
            api.request(APPOINTMENTS, "Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.fromPublisher(
                        HttpRequest.BodyPublishers.ofString(large)))),
        413,
        "body-too-large",
        null);
  }

  /** Spring reads the bodies of forms before anyone asks for them, unless it is told not to. */
  @Test
  void formThatIsTooLarge() {
    for (String method : List.of("PUT", "PATCH", "DELETE")) {
      assertRefused(
          api.send(
              api.request(APPOINTMENTS, "Content-Type", "application/x-www-form-urlencoded")
                  .method(
                      method,
                      HttpRequest.BodyPublishers.fromPublisher(
                          HttpRequest.BodyPublishers.ofString("a=" + "x".repeat(100_000))))),
          413,
          "body-too-large",
          null);
    }
  }

  @Test
  void bodyOfAnotherMediaType() {
    for (String type :
        List.of(
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "multipart/mixed",
            "nonsense")) {
      Reply reply =
          api.send(
              api.request(APPOINTMENTS, "Content-Type", type)
                  .POST(HttpRequest.BodyPublishers.ofString("{}")));
      assertRefused(reply, 415, "unsupported-media-type", null);
    }
    assertRefused(
        api.send(api.request(APPOINTMENTS).POST(HttpRequest.BodyPublishers.ofString("{}"))),
        415,
        "unsupported-media-type",
        null);
  }

  @Test
  void answerOfAnotherMediaType() {
    assertRefused(
        api.get(filled(LOCATION + "/services"), "Accept", "text/xml"), 406, "not-acceptable", null);
    assertRefused(
        api.get(filled(LOCATION + "/services"), "Accept", "nonsense"), 406, "not-acceptable", null);
  }

  @Test
  void halvesOfCharacters() {
    for (String path : List.of("/api/v1/login", "/api/v1/users")) {
      assertRefused(
          api.post(
              path,
              """
              {"name": "Zoë", "email": "zoe@example.org", "password": "correct \\ud800 battery"}
              """
                  .replace(path.endsWith("login") ? "\"name\": \"Zoë\", " : "none", "")),
          400,
          "invalid-request",
          "password");
    }
  }

  @Test
  void answersAreNoProblemsOnRequest() {
    assertRefused(
        api.get("/api/v1/locations", "Accept", "application/problem+json"),
        406,
        "not-acceptable",
        null);
    Reply reply = api.get("/api/v1/locations", "Accept", "application/problem+json, */*;q=0.1");
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void entityTagOfRequestWithOddMediaType() {
    Reply booked = api.post(APPOINTMENTS, shop.booking(shop.ben(), day.plusDays(1), "10:00"));
    assertThat(
            api.get(
                    booked.header("Location"),
                    "Content-Type",
                    "*/*",
                    "If-None-Match",
                    booked.header("ETag"))
                .status())
        .isEqualTo(304);
  }

  @Test
  void consistencyTokens() {
    for (String path :
        List.of("/api/v1/locations", filled(LOCATION + "/services"), APPOINTMENTS + "/1")) {
      for (String token : List.of("", "749", "x9-1", "x1-zzzzzzzzzzz", "x1-1, x1-2")) {
        assertRefused(
            api.get(path, "Consistency-Token", token),
            400,
            "malformed-request",
            "Consistency-Token");
      }
      assertRefused(
          api.get(path, "Consistency-Token", "x1-1", "Consistency-Token", "x1-2"),
          400,
          "malformed-request",
          "Consistency-Token");
    }
  }

  static Stream<Arguments> rawRequests() {
    return Stream.of(
        arguments("GET /api/v1/locations/%zz/services HTTP/1.1\r\nHost: x\r\n\r\n"),
        arguments("GET /api/v1/locations?after=%zz HTTP/1.1\r\nHost: x\r\n\r\n"),
        arguments("GET /actuator/health?x=%zz HTTP/1.1\r\nHost: x\r\n\r\n"),
        arguments("GET /api/v1/locations?" + "a=&".repeat(1_001) + " HTTP/1.1\r\nHost: x\r\n\r\n"),
        arguments("GET /api/v1/locations/{}/services HTTP/1.1\r\nHost: x\r\n\r\n"),
        arguments("GET /api/v1/locations HTTP/7\r\nHost: x\r\n\r\n"),
        arguments("GET /api/v1/locations HTTP/1.1\r\n\r\n"),
        arguments("GET /api/v1/locations HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"),
        arguments(
            """
            POST /api/v1/appointments HTTP/1.1
            Host: x
            Content-Type: application/json
            Transfer-Encoding: chunked

            zz
            {}
            0

            """
                .replace("\n", "\r\n")),
        arguments(
            "GET /api/v1/locations HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(9_000) + "\r\n\r\n"));
  }

  @ParameterizedTest
  @MethodSource("rawRequests")
  void requestThatIsNotHttp(String request) throws IOException {
    try (Socket socket = new Socket("localhost", api.port())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();

      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(response).startsWith("HTTP/1.1 4");
      assertThat(response).contains("application/problem+json", "\"code\":\"malformed-request\"");
      assertThat(response).doesNotContain("Tomcat", "Exception");
    }
  }

  private static String filled(String template) {
    return template
        .replace("{location}", Long.toString(shop.id()))
        .replace("{service}", Long.toString(shop.cut()))
        .replace("{start}", shop.at(day, "10:00"))
        .replace("{day}", day.toString());
  }

  private static void assertRefused(
      Reply reply, int status, @Nullable String code, @Nullable String field) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.json().path("status").asInt()).isEqualTo(status);
    assertThat(reply.json().path("detail").asString()).isNotBlank();
    assertThat(reply.response().body()).doesNotContain("dev.freshcut", "Exception", "java.", "SQL");
    if (code != null) {
      assertThat(reply.code()).isEqualTo(code);
    }
    if (field != null) {
      assertThat(reply.errorFields()).containsOnly(field);
    }
  }
}
