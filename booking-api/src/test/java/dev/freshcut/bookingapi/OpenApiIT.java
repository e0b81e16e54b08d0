package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingapi.openapi.Description;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class OpenApiIT {
  private static ApiFixture api;
  private static JsonNode document;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
    document = api.get("/v3/api-docs").json();
  }

  @Test
  void documentHasEveryOperation() {
    assertThat(document.path("openapi").asString()).startsWith("3.1");
    Set<String> handled =
        api
            .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
            .getHandlerMethods()
            .keySet()
            .stream()
            .flatMap(
                mapping ->
                    mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .flatMap(
                            path ->
                                mapping.getMethodsCondition().getMethods().stream()
                                    .map(method -> method + " " + path)))
            .collect(Collectors.toSet());

    assertThat(new Description(document).operations())
        .extracting(Description.Operation::toString)
        .contains("POST /api/v1/appointments", "GET /api/v1/locations/{locationId}/slots")
        .containsExactlyInAnyOrderElementsOf(handled);
  }

  @Test
  void schemasAreThoseOfTheAnswers() {
    assertThat(schema("/api/v1/locations/{locationId}/slots", "get", "200", "application/json"))
        .isEqualTo("#/components/schemas/SlotsView");
    assertThat(schema("/api/v1/appointments", "post", "201", "application/json"))
        .isEqualTo("#/components/schemas/AppointmentView");
    assertThat(schema("/api/v1/appointments/{id}/move", "post", "200", "application/json"))
        .isEqualTo("#/components/schemas/AppointmentView");
    JsonNode services =
        operation("/api/v1/locations/{locationId}/services", "get")
            .at("/responses/200/content/application~1json/schema");
    assertThat(services.path("type").asString()).isEqualTo("array");
    assertThat(services.at("/items/$ref").asString()).isEqualTo("#/components/schemas/ServiceView");
    assertThat(List.copyOf(document.at("/components/schemas").propertyNames()))
        .noneMatch(name -> name.contains("Answer") || name.contains("Written"));
    assertThat(document.at("/components/schemas/AppointmentView/properties/status/enum").toString())
        .isEqualTo(
            "[\"held\",\"expired\",\"pending\",\"confirmed\",\"completed\",\"no_show\",\"cancelled\"]");
  }

  @Test
  void problemsAreDocumented() {
    for (String status : List.of("400", "404", "406", "409", "413", "415", "422", "500", "503")) {
      assertThat(schema("/api/v1/appointments", "post", status, "application/problem+json"))
          .as(status)
          .isEqualTo("#/components/schemas/Problem");
    }
    assertThat(
            operation("/api/v1/appointments", "post").at("/responses/409/description").asString())
        .contains("slot-taken");
    assertThat(document.at("/components/schemas/Problem/required").toString())
        .contains("type", "title", "status", "detail", "code");
    assertThat(document.at("/components/schemas/Problem/properties/errors/items/$ref").asString())
        .isEqualTo("#/components/schemas/ProblemFieldError");
  }

  @Test
  void headersAreDocumented() {
    JsonNode slots = operation("/api/v1/locations/{locationId}/slots", "get");
    JsonNode booking = operation("/api/v1/appointments", "post");

    assertThat(List.copyOf(slots.at("/responses/200/headers").propertyNames()))
        .containsExactlyInAnyOrder("Cache-Status", "Age", "RateLimit", "RateLimit-Policy");
    assertThat(List.copyOf(booking.at("/responses/201/headers").propertyNames()))
        .contains("Consistency-Token", "ETag", "Location");
    List<String> parameters =
        slots.path("parameters").valueStream().map(p -> p.path("name").asString()).toList();
    assertThat(parameters)
        .containsExactlyInAnyOrder(
            "locationId",
            "date",
            "from",
            "to",
            "barber",
            "service",
            "zone",
            "ignore",
            "Consistency-Token",
            "Cache-Control");
  }

  @Test
  void protectedOperationsSaySo() {
    assertThat(document.at("/components/securitySchemes/bearer/scheme").asString())
        .isEqualTo("bearer");
    assertThat(operation("/api/v1/appointments", "post").at("/security/0").has("bearer")).isTrue();
    assertThat(operation("/api/v1/locations", "get").has("security")).isFalse();
    for (String status : List.of("401", "403")) {
      assertThat(schema("/api/v1/appointments", "post", status, "application/problem+json"))
          .isEqualTo("#/components/schemas/Problem");
    }
    assertThat(operation("/api/v1/locations", "get").path("responses").has("403")).isFalse();
    assertThat(operation("/api/v1/me", "get").path("parameters").valueStream())
        .allMatch(parameter -> parameter.path("in").asString().equals("header"));
  }

  @Test
  void mechanismsAreDocumentedWhereTheyApply() {
    JsonNode create = operation("/api/v1/appointments", "post");
    JsonNode move = operation("/api/v1/appointments/{id}/move", "post");
    JsonNode find = operation("/api/v1/appointments/{id}", "get");
    JsonNode list = operation("/api/v1/appointments", "get");

    assertThat(parameters(create)).containsExactly("Idempotency-Key");
    assertThat(parameters(move)).containsExactly("id", "If-Match", "Idempotency-Key");
    assertThat(parameters(find)).containsExactly("id", "If-None-Match");
    assertThat(parameters(list))
        .containsExactly(
            "location", "customer", "barber", "from", "to", "status", "limit", "cursor");
    assertThat(find.path("responses").has("304")).isTrue();
    assertThat(list.at("/responses/200/headers").has("ETag")).isFalse();
    assertThat(list.at("/responses/429/description").asString()).contains("rate-limited");
    assertThat(move.at("/responses/412/description").asString()).contains("precondition-failed");
    assertThat(move.at("/responses/422/description").asString()).contains("idempotency-key-reused");
  }

  private static List<String> parameters(JsonNode operation) {
    return operation
        .path("parameters")
        .valueStream()
        .map(parameter -> parameter.path("name").asString())
        .toList();
  }

  @Test
  void pageIsServed() {
    Reply page = api.get("/docs");
    assertThat(page.status()).isEqualTo(302);
    assertThat(api.get(page.header("Location")).response().body()).contains("swagger-ui");
  }

  private static JsonNode operation(String path, String method) {
    return document.path("paths").path(path).path(method);
  }

  private static String schema(String path, String method, String status, String mediaType) {
    return operation(path, method)
        .path("responses")
        .path(status)
        .path("content")
        .path(mediaType)
        .path("schema")
        .path("$ref")
        .asString();
  }
}
