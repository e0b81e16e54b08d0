package dev.freshcut.bookingapi;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.PublicAccess;
import dev.freshcut.bookingapi.security.Role;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The matrix in {@code docs/security.md} against the service: it has every endpoint and no other,
 * and every endpoint, called as every role and as nobody, does what it says.
 */
class AccessMatrixIT {
  private static final Path PAGE = Path.of("../docs/security.md");
  private static final String HEAD = "| | path | nobody | client | barber | owner | operator |";
  private static final List<String> CALLERS =
      List.of("nobody", "client", "barber", "owner", "operator");

  private static final Set<String> ALL = Set.copyOf(CALLERS);

  /** What is no handler under {@code /api}. */
  private static final List<Row> OTHERS =
      List.of(
          new Row("GET", "/actuator/health", ALL),
          new Row("GET", "/actuator/health/readiness", ALL),
          new Row("GET", "/actuator/info", Set.of("operator")),
          new Row("GET", "/actuator/metrics", Set.of("operator")),
          new Row("GET", "/actuator/prometheus", Set.of("operator")),
          new Row("GET", "/docs", ALL),
          new Row("GET", "/swagger-ui/index.html", ALL),
          new Row("GET", "/v3/api-docs", ALL));

  /** What Refusals says of a role that may not call a handler. */
  private static final String ROLE_REFUSED = "The role of your account does not allow it.";

  private static final String SLOT =
      "{\"locationId\": {location}, \"barberId\": {barber}, \"serviceId\": {service}, \"startsAt\": \"{start}\"";

  private static final String SERIES =
      "{\"locationId\": {location}, \"barberId\": {barber}, \"serviceId\": {service}";

  /** Writes that are nobody's privilege. */
  private static final Set<String> EVERYBODYS = Set.of("PATCH /api/v1/me", "POST /api/v1/holds");

  /** Queries and bodies with which a request gets as far as to its handler. */
  private static final Map<String, String> REQUESTS =
      Map.ofEntries(
          entry("GET /api/v1/appointments", "?location={location}"),
          entry("POST /api/v1/appointments", SLOT + "{customer}}"),
          entry("POST /api/v1/appointments/{id}/move", "{\"startsAt\": \"{start}\"}"),
          entry("POST /api/v1/holds", SLOT + "}"),
          entry("POST /api/v1/holds/{id}/appointment", "{{noCustomer}}"),
          entry("GET /api/v1/locations/{locationId}/analytics/revenue", "?from={day}&to={day}"),
          entry("GET /api/v1/locations/{locationId}/analytics/clients", "?from={day}&to={day}"),
          entry("GET /api/v1/locations/{locationId}/analytics/services", "?from={day}&to={day}"),
          entry("GET /api/v1/locations/{locationId}/analytics/business", "?from={day}&to={day}"),
          entry("GET /api/v1/locations/{locationId}/barbers/{barberId}/conflicts", "?date={day}"),
          entry(
              "GET /api/v1/locations/{locationId}/barbers/{barberId}/schedule",
              "?from={day}&to={day}"),
          entry("GET /api/v1/locations/{locationId}/next-slot", "?service={service}"),
          entry("GET /api/v1/locations/{locationId}/slots", "?date={day}&service={service}"),
          entry(
              "POST /api/v1/login",
              "{\"email\": \"%s\", \"password\": \"%s\"}"
                  .formatted(ApiFixture.OPERATOR, ApiFixture.PASSWORD)),
          entry("GET /api/v1/customers", "?location={location}"),
          entry(
              "POST /api/v1/customers",
              "{\"locationId\": {location}, \"name\": \"X\", \"email\": \"matrix{n}@example.org\"}"),
          entry("PATCH /api/v1/customers/{id}", "{\"name\": \"X\"}"),
          entry("GET /api/v1/payments", "?location={location}"),
          entry(
              "POST /api/v1/payments",
              "{\"appointmentId\": 999999, \"method\": \"cash\", \"amountMinor\": 1}"),
          entry("POST /api/v1/payments/{id}/refund", "{\"amountMinor\": 1}"),
          entry("GET /api/v1/series", "?location={location}"),
          entry(
              "POST /api/v1/series",
              SERIES + ", \"firstDate\": \"{day}\", \"time\": \"12:00\", \"count\": 1{customer}}"),
          entry("POST /api/v1/series/{id}/cancel", "{}"),
          entry("POST /api/v1/series/{id}/extend", "{\"count\": 1}"),
          entry("POST /api/v1/locations", "{\"name\": \"X\", \"timeZone\": \"Europe/Paris\"}"),
          entry("PATCH /api/v1/locations/{locationId}", "{\"name\": \"X\"}"),
          entry("POST /api/v1/locations/{locationId}/barbers", "{\"name\": \"X\"}"),
          entry("PATCH /api/v1/locations/{locationId}/barbers/{barberId}", "{\"name\": \"X\"}"),
          entry(
              "POST /api/v1/locations/{locationId}/services",
              "{\"name\": \"X\", \"durationMinutes\": 30, \"priceMinor\": 1, \"currency\": \"EUR\"}"),
          entry("PATCH /api/v1/locations/{locationId}/services/{serviceId}", "{\"name\": \"X\"}"),
          entry(
              "PUT /api/v1/locations/{locationId}/barbers/{barberId}/services/{serviceId}",
              "{\"offered\": true}"),
          entry(
              "PUT /api/v1/locations/{locationId}/barbers/{barberId}/availability",
              "{\"days\": []}"),
          entry("PUT /api/v1/locations/{locationId}/business-hours", "{\"days\": []}"),
          entry("PUT /api/v1/locations/{locationId}/special-days/{date}", "{\"hours\": []}"),
          entry(
              "POST /api/v1/locations/{locationId}/barbers/{barberId}/time-off",
              "{\"startsAt\": \"{start}\", \"endsAt\": \"{end}\"}"),
          entry(
              "POST /api/v1/locations/{locationId}/blackouts",
              "{\"startsAt\": \"{start}\", \"endsAt\": \"{end}\"}"),
          entry(
              "PUT /api/v1/locations/{locationId}/booking-settings",
              "{\"slotStepMinutes\": 30, \"minimumNoticeMinutes\": 0, \"horizonDays\": 90, \"cancellationWindowMinutes\": 0, \"confirmationRequired\": false}"),
          entry(
              "PUT /api/v1/locations/{locationId}/notification-settings",
              "{\"email\": true, \"sms\": false, \"reminderMinutes\": [60], \"quietFrom\": \"20:00\", \"quietUntil\": \"09:00\"}"),
          entry("PUT /api/v1/customers/{id}/notification-preferences", "{\"email\": true}"),
          entry("PUT /api/v1/customers/{id}/sms-consent", "{\"given\": false}"),
          entry("GET /api/v1/waiting-list", "?location={location}"),
          entry(
              "POST /api/v1/waiting-list",
              "{\"locationId\": {location}, \"serviceId\": {service}, \"from\": \"{day}\", \"to\": \"{day}\"{customer}}"),
          entry("POST /api/v1/waiting-list/{id}/accept", "{}"),
          entry("GET /api/v1/webhooks", "?location={location}"),
          entry(
              "POST /api/v1/webhooks",
              "{\"locationId\": {location}, \"url\": \"https://example.org\", \"events\": [\"appointment.created\"]}"),
          entry("PATCH /api/v1/webhooks/{id}", "{}"),
          entry("PATCH /api/v1/me", "{\"name\": \"Renamed\"}"),
          entry(
              "POST /api/v1/me/password",
              "{\"currentPassword\": \"she has none\", \"newPassword\": \"long enough to do\"}"),
          entry(
              "POST /api/v1/staff",
              "{\"name\": \"X\", \"email\": \"matrix{n}@example.org\", \"role\": \"barber\", \"password\": \"long enough to do\", \"locationId\": {location}}"),
          entry(
              "POST /api/v1/users",
              "{\"name\": \"X\", \"email\": \"matrix{n}@example.org\", \"password\": \"long enough to do\"}"),
          entry("PATCH /api/v1/users/{id}", "{\"name\": \"Renamed\"}"));

  private static ApiFixture api;
  private static Shop shop;
  private static int requests;
  private static Map<String, TestUser> users;

  record Row(String method, String path, Set<String> allowed) {
    @Override
    public String toString() {
      return "| %s | `%s` | %s |"
          .formatted(
              method,
              path,
              CALLERS.stream()
                  .map(caller -> allowed.contains(caller) ? "yes" : "–")
                  .collect(Collectors.joining(" | ")));
    }

    static Row parse(String line) {
      List<String> cells =
          Arrays.stream(line.split("\\|", -1)).map(String::strip).skip(1).limit(7).toList();
      return new Row(
          cells.get(0),
          cells.get(1).replace("`", ""),
          CALLERS.stream()
              .filter(caller -> cells.get(2 + CALLERS.indexOf(caller)).equals("yes"))
              .collect(Collectors.toSet()));
    }
  }

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
    shop = Shop.open(api.sql(), "Europe/Paris");
    users =
        Map.of(
            "client", TestUser.client(api),
            "barber", TestUser.barber(api, shop),
            "owner", TestUser.owner(api, shop),
            "operator", TestUser.operator(api));
  }

  @Test
  void pageHasEveryEndpointAsItsHandlerDeclaresIt() throws IOException {
    String wanted = declared().map(Row::toString).collect(Collectors.joining("\n"));

    assertThat(documented().map(Row::toString).collect(Collectors.joining("\n")))
        .as("the table in docs/security.md; this one is right:\n" + wanted + "\n")
        .isEqualTo(wanted);
  }

  @ParameterizedTest
  @MethodSource("documented")
  void endpointDoesWhatThePageSays(Row row) {
    for (String caller : CALLERS) {
      long written = auditEntries();
      Reply reply = call(row, users.get(caller));

      if (row.allowed().contains(caller)) {
        assertAnsweredByTheHandler(row, caller, reply);
        if (reply.status() < 300 && isPrivileged(row, caller)) {
          assertThat(auditEntries())
              .as("%s as %s is written down: %s", row, caller, reply)
              .isGreaterThan(written);
        }
      } else if (caller.equals("nobody")) {
        AppointmentsIT.assertProblem(reply, 401, "authentication-required");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"freshcut\"");
      } else {
        AppointmentsIT.assertProblem(reply, 403, "forbidden");
      }
    }
  }

  @Test
  void whatIsNotListedIsNotThere() {
    for (String path : List.of("/", "/error", "/login", "/logout", "/webjars/x", "/index.html")) {
      for (TestUser user : users.values()) {
        AppointmentsIT.assertProblem(user.get(path), 404, "not-found");
      }
      AppointmentsIT.assertProblem(api.send(api.requestOfNobody(path).GET()), 404, "not-found");
    }
  }

  private static Stream<Row> declared() {
    List<Row> rows = new ArrayList<>();
    api
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .entrySet()
        .stream()
        .filter(entry -> paths(entry.getKey()).stream().anyMatch(path -> path.startsWith("/api")))
        .forEach(entry -> rows.addAll(rows(entry.getKey(), entry.getValue())));
    rows.addAll(OTHERS);
    return rows.stream().sorted(Comparator.comparing(Row::path).thenComparing(Row::method));
  }

  private static List<Row> rows(RequestMappingInfo mapping, HandlerMethod handler) {
    return paths(mapping).stream()
        .flatMap(
            path ->
                mapping.getMethodsCondition().getMethods().stream()
                    .map(method -> new Row(method.name(), path, allowed(handler))))
        .toList();
  }

  private static Set<String> paths(RequestMappingInfo mapping) {
    return mapping.getPatternValues();
  }

  private static Set<String> allowed(HandlerMethod handler) {
    if (handler.hasMethodAnnotation(PublicAccess.class)) {
      return ALL;
    }
    Access access =
        Objects.requireNonNull(handler.getMethodAnnotation(Access.class), handler.toString());
    return Arrays.stream(access.value()).map(Role::text).collect(Collectors.toSet());
  }

  private static Stream<Row> documented() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .dropWhile(line -> !line.equals(HEAD))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(Row::parse);
  }

  /**
   * The answer is one that only the handler itself gives: it was done, or what it is about is not
   * there or does not allow it. What was refused before, for the caller or the request's form, is
   * none.
   */
  private static void assertAnsweredByTheHandler(Row row, String caller, Reply reply) {
    String what =
        "%s as %s: %s; give it parameters or a body in REQUESTS".formatted(row, caller, reply);
    assertThat(reply.status()).as(what).isNotIn(400, 401, 405, 406, 413, 415, 429).isLessThan(500);
    if (reply.status() == 403) {
      assertThat(reply.json().path("detail").asString()).as(what).isNotEqualTo(ROLE_REFUSED);
    }
    if (reply.status() == 404) {
      assertThat(reply.code()).as(what).isNotEqualTo("not-found");
    }
  }

  /** Whether it is something that staff do by right of their role. */
  private static boolean isPrivileged(Row row, String caller) {
    String operation = row.method() + " " + row.path();
    return row.path().startsWith("/api/")
        && !row.method().equals("GET")
        && List.of("barber", "owner", "operator").contains(caller)
        && !EVERYBODYS.contains(operation);
  }

  private static long auditEntries() {
    return api.sql().sql("SELECT count(*) FROM audit_log").query(Long.class).single();
  }

  /** Staff say who comes. */
  private static String customer(@Nullable TestUser user, String before) {
    return user == null || user.equals(users.get("client"))
        ? ""
        : before + "\"customer\": {\"name\": \"Zoë\", \"email\": \"zoe@example.org\"}";
  }

  /** A request that is in order until its content is looked at. */
  private static Reply call(Row row, @Nullable TestUser user) {
    String wanted = REQUESTS.getOrDefault(row.method() + " " + row.path(), "");
    String content =
        wanted
            .replace("{location}", Long.toString(shop.id()))
            .replace("{barber}", Long.toString(shop.anna()))
            .replace("{service}", Long.toString(shop.cut()))
            .replace("{day}", shop.day(3).toString())
            .replace("{start}", shop.at(shop.day(3), "10:00"))
            .replace("{end}", shop.at(shop.day(3), "11:00"))
            .replace("{customer}", customer(user, ", "))
            .replace("{noCustomer}", customer(user, ""))
            .replace("{n}", Integer.toString(++requests));
    String path =
        row.path()
            .replace("{locationId}", Long.toString(shop.id()))
            .replace("{barberId}", Long.toString(shop.anna()))
            .replace("{serviceId}", Long.toString(shop.cut()))
            .replace("{date}", shop.day(3).toString())
            .replaceAll("\\{[^}]+}", "999999");
    if (content.startsWith("?")) {
      path += content;
    }
    HttpRequest.Builder request =
        user == null ? api.requestOfNobody(path) : api.request(path, user.header());
    if (row.method().equals("GET")) {
      return api.send(request.GET());
    }
    return api.send(
        request
            .header("Content-Type", "application/json")
            .method(row.method(), BodyPublishers.ofString(content)));
  }
}
