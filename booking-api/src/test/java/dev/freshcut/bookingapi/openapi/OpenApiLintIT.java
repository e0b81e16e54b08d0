package dev.freshcut.bookingapi.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.freshcut.bookingapi.ApiFixture;
import dev.freshcut.bookingapi.openapi.Description.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules for the OpenAPI document. That it is OpenAPI 3.1 at all, {@link GeneratedClientIT} has a
 * generator of clients say.
 */
class OpenApiLintIT {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^}]+)}");
  private static final String PROBLEM = "#/components/schemas/Problem";
  private static ApiFixture api;
  private static Description description;

  @BeforeAll
  static void start() {
    api = ApiFixture.shared();
    description = new Description(api.get("/v3/api-docs").json());
  }

  @Test
  void documentObeysTheRules() {
    assertThat(complaints(description)).isEmpty();
  }

  @Test
  void schemasAreSchemas() {
    var dialect =
        SchemaRegistry.withDialect(Dialects.getDraft202012())
            .getSchema(SchemaLocation.of(Dialects.getDraft202012().getId()));
    description
        .document()
        .at("/components/schemas")
        .propertyStream()
        .forEach(
            schema ->
                assertThat(dialect.validate(schema.getValue().toString(), InputFormat.JSON))
                    .as(schema.getKey())
                    .isEmpty());
  }

  /** Each rule, broken in a copy of the document, is noticed. */
  @Test
  void rulesBite() {
    broken("has no summary", "/paths/~1api~1v1~1locations/get", node -> node.remove("summary"));
    broken(
        "is not the only one with the operationId register",
        "/paths/~1api~1v1~1login/post",
        node -> node.put("operationId", "register"));
    broken(
        "the tag Other, which is not described",
        "/paths/~1api~1v1~1login/post",
        node -> node.putArray("tags").add("Other"));
    broken(
        "does not say what limit is",
        "/paths/~1api~1v1~1locations/get/parameters/0",
        node -> node.remove("description"));
    broken(
        "does not declare the path's parameters",
        "/paths/~1api~1v1~1appointments~1{id}/get",
        node -> node.remove("parameters"));
    broken(
        "lists no 401 and 403", "/paths/~1api~1v1~1me/get/responses", node -> node.remove("401"));
    broken(
        "has no problem for 404",
        "/paths/~1api~1v1~1appointments~1{id}/get/responses/404",
        node -> node.remove("content"));
    broken(
        "an object without a name",
        "/components/schemas/AppointmentView/properties/status",
        node -> node.putObject("properties"));
    broken("nothing refers to Unused", "/components/schemas", node -> node.putObject("Unused"));
    broken(
        "says nothing of what the value is",
        "/components/schemas/AppointmentView/properties/version",
        node -> node.removeAll());
    broken(
        "has neither example nor format",
        "/components/schemas/Login/properties/password",
        node -> node.remove("example"));
  }

  private static void broken(
      String complaint, String place, java.util.function.Consumer<ObjectNode> change) {
    JsonNode copy = description.document().deepCopy();
    change.accept((ObjectNode) copy.at(place));
    assertThat(String.join("\n", complaints(new Description(copy)))).contains(complaint);
  }

  private static List<String> complaints(Description description) {
    List<String> complaints = new ArrayList<>();
    Set<String> tags =
        description
            .document()
            .path("tags")
            .valueStream()
            .filter(tag -> !tag.path("description").asString("").isBlank())
            .map(tag -> tag.path("name").asString())
            .collect(Collectors.toSet());
    Map<String, String> ids = new HashMap<>();
    for (Operation operation : description.operations()) {
      List<String> found = new ArrayList<>();
      identity(operation, tags, found);
      String id = operation.node().path("operationId").asString();
      if (ids.putIfAbsent(id, operation.toString()) != null) {
        found.add("is not the only one with the operationId " + id + "; name it in @Operation");
      }
      parameters(operation, found);
      responses(operation, found);
      body(description, operation, found);
      found.forEach(complaint -> complaints.add(operation + " " + complaint));
    }
    schemas(description, complaints);
    return complaints;
  }

  private static void identity(Operation operation, Set<String> tags, List<String> found) {
    JsonNode node = operation.node();
    if (!node.path("operationId").asString("").matches("[a-z][a-zA-Z]+")) {
      found.add("has the operationId " + node.path("operationId").asString(""));
    }
    String summary = node.path("summary").asString("");
    if (summary.isBlank()) {
      found.add("has no summary");
    }
    if (summary.length() > 90 || summary.endsWith(".")) {
      found.add("has a summary that is no heading: at most 90 characters, no full stop");
    }
    if (node.path("tags").size() != 1) {
      found.add("must have one tag");
    }
    node.path("tags")
        .valueStream()
        .map(JsonNode::asString)
        .filter(tag -> !tags.contains(tag))
        .forEach(
            tag -> found.add("has the tag " + tag + ", which is not described; see Names.TAGS"));
    if (!operation.path().matches("/api/v1(/([a-z]+(-[a-z]+)*|\\{[a-zA-Z]+}))+")) {
      found.add("has a path that is not in lower case with dashes");
    }
  }

  private static void parameters(Operation operation, List<String> found) {
    Set<String> wanted =
        PLACEHOLDER
            .matcher(operation.path())
            .results()
            .map(name -> name.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> declared =
        operation.parameters("path").stream()
            .filter(parameter -> parameter.path("required").asBoolean())
            .map(parameter -> parameter.path("name").asString())
            .collect(Collectors.toCollection(TreeSet::new));
    if (!wanted.equals(declared)) {
      found.add("does not declare the path's parameters " + wanted);
    }
    for (JsonNode parameter : operation.node().path("parameters")) {
      String name = parameter.path("name").asString();
      if (parameter.path("description").asString("").isBlank()) {
        found.add("does not say what " + name + " is; see @Parameter");
      }
      JsonNode schema = parameter.path("schema");
      if (!schema.has("type") && !schema.has("$ref") && !schema.has("enum")) {
        found.add("does not say of what type " + name + " is");
      }
    }
  }

  private static void responses(Operation operation, List<String> found) {
    Set<Integer> statuses = operation.statuses();
    if (statuses.stream().noneMatch(status -> status >= 200 && status < 300)) {
      found.add("lists no success");
    }
    if (!statuses.containsAll(Set.of(400, 429, 500, 503))) {
      found.add("lists no 400, 429, 500 and 503");
    }
    boolean secured = operation.node().path("security").size() > 0;
    if (secured && !statuses.containsAll(Set.of(401, 403))) {
      found.add("needs a token and lists no 401 and 403");
    }
    for (int status : statuses) {
      JsonNode response = operation.node().path("responses").path(Integer.toString(status));
      if (response.path("description").asString("").isBlank()) {
        found.add("does not describe the status " + status);
      }
      if (status >= 400
          && !response
              .at("/content/application~1problem+json/schema/$ref")
              .asString("")
              .equals(PROBLEM)) {
        found.add("has no problem for " + status);
      }
      if (status >= 400 && operation.codes(status).isEmpty()) {
        found.add("names no code for " + status);
      }
      if ((status == 200 || status == 201) && !response.has("content")) {
        found.add("has no body for " + status + "; answer 204 then");
      }
      operation.contents(status).stream()
          .filter(content -> content.getKey().equals("application/json"))
          .map(content -> content.getValue().path("schema"))
          .filter(schema -> !schema.has("$ref") && !schema.path("items").has("$ref"))
          .forEach(schema -> found.add("answers " + status + " with a schema without a name"));
    }
  }

  /** A body has a name, and a reader of the document can make one up. */
  private static void body(Description description, Operation operation, List<String> found) {
    if (!operation.node().has("requestBody")) {
      return;
    }
    JsonNode body = operation.body();
    if (body == null || !body.has("$ref")) {
      found.add("has a body without a name, or one that is not application/json");
      return;
    }
    if (!operation.node().path("requestBody").path("required").asBoolean()) {
      found.add("has a body that is not required");
    }
    JsonNode schema = description.resolve(body);
    for (JsonNode required : schema.path("required")) {
      JsonNode property = schema.path("properties").path(required.asString());
      boolean plainText =
          property.path("type").asString("").equals("string")
              && !property.has("example")
              && !property.has("format")
              && !property.has("enum");
      if (plainText) {
        found.add(
            "has the member " + required.asString() + ", which has neither example nor format");
      }
    }
  }

  private static void schemas(Description description, List<String> complaints) {
    JsonNode schemas = description.document().at("/components/schemas");
    Set<String> used = new HashSet<>();
    references(description.document().path("paths"), used);
    int before;
    do {
      before = used.size();
      for (String name : List.copyOf(used)) {
        references(schemas.path(name), used);
      }
    } while (used.size() > before);
    schemas
        .propertyStream()
        .forEach(
            schema -> {
              if (!used.contains(schema.getKey())) {
                complaints.add("nothing refers to " + schema.getKey());
              }
              schema
                  .getValue()
                  .path("properties")
                  .propertyStream()
                  .forEach(
                      property ->
                          member(
                              schema.getKey() + "." + property.getKey(),
                              property.getValue(),
                              complaints));
            });
  }

  private static void member(String name, JsonNode schema, List<String> complaints) {
    if (schema.has("properties")) {
      complaints.add(name + " is an object without a name; make it a record of its own");
    }
    boolean says =
        List.of("type", "$ref", "enum", "const", "oneOf", "anyOf", "allOf").stream()
            .anyMatch(schema::has);
    if (!says) {
      complaints.add(name + " says nothing of what the value is");
    }
    if (schema.path("type").asString("").equals("array")) {
      member(name + "[]", schema.path("items"), complaints);
    }
  }

  private static void references(JsonNode node, Set<String> names) {
    node.findValues("$ref")
        .forEach(
            reference ->
                names.add(
                    reference.asString().substring(reference.asString().lastIndexOf('/') + 1)));
  }
}
