package dev.freshcut.bookingapi.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import dev.freshcut.bookingapi.openapi.Description.Operation;
import dev.freshcut.bookingapi.openapi.Wire.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Compares answers with the OpenAPI document and the catalogue of problems. */
final class Judge {
  private static final Path CATALOGUE = Path.of("..", "docs", "errors.md");
  private static final Pattern ROW = Pattern.compile("\\| (\\d{3}) \\| `([a-z-]+)` \\|.*");
  private static final String JSON_TYPE = "application/json";
  private static final String PROBLEM_TYPE = "application/problem+json";

  /** What only somebody who knows the service from inside would write. */
  private static final Pattern INTERNALS =
      Pattern.compile(
          "[A-Za-z]Exception\\b|[Ss]tack ?trace|\\bat [a-z]+\\.[a-z.]+[A-Z(]|org\\.postgresql|PSQL|[Rr]edisson"
              + "|[Ll]ettuce|springframework|dev\\.freshcut|bookingapi|[Jj]ackson|jakarta|[Tt]omcat|[Cc]atalina"
              + "|[Hh]ikari|java\\.|SQLSTATE|SQLState|\\bSELECT |INSERT INTO|\\bconstraint \"|\\brelation \""
              + "|\\bcolumn \"|NullPointer|\\.java\\b|/(home|root|usr|tmp|work|target)/|localhost:\\d|[Aa]rgon2");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDialect(
          Dialects.getDraft202012(),
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private final JsonNode components;
  private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<String, Integer> catalogue = new ConcurrentHashMap<>();

  Judge(Description description) throws IOException {
    components = closed(description.document().path("components"));
    for (String line : Files.readAllLines(CATALOGUE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        catalogue.put(row.group(2), Integer.valueOf(row.group(1)));
      }
    }
  }

  /** What is wrong with an answer; nothing if it is as described. */
  List<String> complaints(Shot shot, Response response) {
    List<String> complaints = new ArrayList<>();
    int status = response.status();
    if (status >= 500) {
      complaints.add("is a failure of the service, " + status);
    }
    internals(response.text()).ifPresent(word -> complaints.add("tells internals: " + word));
    complaints.addAll(headers(response));
    if (status >= 400) {
      if (!shot.isBodiless()) {
        complaints.addAll(problem(shot, response));
      }
    } else if (!shot.astray && !shot.isBodiless()) {
      complaints.addAll(body(shot.operation, response));
    }
    if (!shot.operation.statuses().contains(status) && !shot.alsoAllowed.contains(status)) {
      if (!(shot.astray && status < 400)) {
        complaints.add("has the status " + status + ", which the document does not list");
      }
    }
    return complaints;
  }

  static java.util.Optional<String> internals(String text) {
    Matcher found = INTERNALS.matcher(text);
    return found.find() ? java.util.Optional.of(found.group()) : java.util.Optional.empty();
  }

  private static List<String> headers(Response response) {
    List<String> complaints = new ArrayList<>();
    for (String name :
        List.of("x-content-type-options", "x-frame-options", "content-security-policy")) {
      if (!response.headers().containsKey(name)) {
        complaints.add("lacks " + name);
      }
    }
    for (String name : List.of("server", "x-powered-by", "set-cookie")) {
      if (response.headers().containsKey(name)) {
        complaints.add("has " + name);
      }
    }
    internals(response.headers().toString())
        .ifPresent(w -> complaints.add("tells internals: " + w));
    return complaints;
  }

  private List<String> problem(Shot shot, Response response) {
    List<String> complaints = new ArrayList<>();
    if (!response.header("content-type").orElse("").equals(PROBLEM_TYPE)) {
      return List.of("is no problem+json but " + response.header("content-type"));
    }
    JsonNode problem;
    try {
      problem = JSON.readTree(response.text());
    } catch (JacksonException e) {
      return List.of("is no JSON");
    }
    complaints.addAll(errors(problemSchema(), problem));
    String code = problem.path("code").asString("");
    if (!Integer.valueOf(response.status()).equals(catalogue.get(code))) {
      complaints.add(
          "has the code " + code + ", which docs/errors.md does not have for the status");
    }
    if (problem.path("status").asInt() != response.status()) {
      complaints.add("has another status in its body");
    }
    if (!shot.astray
        && !shot.alsoAllowed.contains(response.status())
        && !shot.operation.codes(response.status()).contains(code)) {
      complaints.add(
          "has the code " + code + ", which the document does not list; see @Fails of the handler");
    }
    return complaints;
  }

  private List<String> body(Operation operation, Response response) {
    Set<Map.Entry<String, JsonNode>> contents = operation.contents(response.status());
    if (contents.isEmpty()) {
      return response.text().isEmpty() ? List.of() : List.of("has a body that is not described");
    }
    String type = response.header("content-type").orElse("");
    for (Map.Entry<String, JsonNode> content : contents) {
      if (type.equals(content.getKey())) {
        if (!type.equals(JSON_TYPE)) {
          return List.of();
        }
        try {
          return errors(content.getValue().path("schema"), JSON.readTree(response.text()));
        } catch (JacksonException e) {
          return List.of("is no JSON");
        }
      }
    }
    return List.of("is of the media type " + type + ", which the document does not list");
  }

  private static JsonNode problemSchema() {
    return JSON.createObjectNode().put("$ref", "#/components/schemas/Problem");
  }

  private List<String> errors(JsonNode schema, JsonNode instance) {
    return schemas.computeIfAbsent(schema, this::compiled).validate(instance).stream()
        .limit(3)
        .map(error -> "is not as its schema says: " + error)
        .toList();
  }

  private Schema compiled(JsonNode schema) {
    ObjectNode whole = (ObjectNode) closed(schema);
    whole.set("components", components);
    return SCHEMAS.getSchema(whole);
  }

  /** Members that a schema does not list are none of it; JSON Schema would let them pass. */
  private static JsonNode closed(JsonNode schemas) {
    JsonNode copy = schemas.deepCopy();
    Set<String> parts = new HashSet<>();
    visit(
        copy,
        node ->
            node.path("allOf")
                .valueStream()
                .forEach(part -> parts.add(part.path("$ref").asString(""))));
    visit(
        copy,
        node -> {
          if (node.has("allOf")) {
            node.put("unevaluatedProperties", false);
          } else if (node.has("properties") && !node.has("additionalProperties")) {
            node.put("additionalProperties", false);
          }
        });
    parts.stream()
        .filter(reference -> !reference.isEmpty())
        .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
        .map(name -> copy.path("schemas").path(name))
        .filter(ObjectNode.class::isInstance)
        .forEach(node -> ((ObjectNode) node).remove("additionalProperties"));
    return copy;
  }

  private static void visit(JsonNode node, java.util.function.Consumer<ObjectNode> visitor) {
    if (node instanceof ObjectNode object && !node.path("properties").has("properties")) {
      visitor.accept(object);
    }
    node.valueStream().toList().forEach(child -> visit(child, visitor));
  }

  /** A short name of a complaint, by which repetitions are recognised. */
  static String kind(String complaint) {
    return complaint.replaceAll("\\d+|'[^']*'", "_").toLowerCase(Locale.ROOT);
  }
}
