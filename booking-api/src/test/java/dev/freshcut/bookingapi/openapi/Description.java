package dev.freshcut.bookingapi.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The service's OpenAPI document, for tests that follow from it. */
public final class Description {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final JsonNode document;
  private final List<Operation> operations = new ArrayList<>();

  public Description(JsonNode document) {
    this.document = document;
    document
        .path("paths")
        .propertyStream()
        .forEach(
            path ->
                path.getValue()
                    .propertyStream()
                    .filter(member -> METHODS.contains(member.getKey()))
                    .forEach(
                        member ->
                            operations.add(
                                new Operation(
                                    member.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey(),
                                    member.getValue()))));
  }

  public JsonNode document() {
    return document;
  }

  public List<Operation> operations() {
    return operations;
  }

  /** The schema itself, where there may be a reference to it. */
  public JsonNode resolve(JsonNode schema) {
    JsonNode found = schema;
    while (found.has("$ref")) {
      found = document.at(found.path("$ref").asString().substring(1));
    }
    return found;
  }

  /**
   * A method of a path.
   *
   * @param method in capitals
   */
  public record Operation(String method, String path, JsonNode node) {
    private static final Pattern CODE = Pattern.compile("`([a-z-]+)`");

    /** Those in the query, the path or the headers. */
    public List<JsonNode> parameters(String in) {
      return node.path("parameters")
          .valueStream()
          .filter(parameter -> parameter.path("in").asString().equals(in))
          .toList();
    }

    /** Of the body as JSON; null if it has none. */
    public @Nullable JsonNode body() {
      JsonNode schema = node.at("/requestBody/content/application~1json/schema");
      return schema.isMissingNode() ? null : schema;
    }

    public Set<Integer> statuses() {
      return node.path("responses").propertyNames().stream()
          .map(Integer::valueOf)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The codes of problems that the document lists for a status. */
    public Set<String> codes(int status) {
      return CODE.matcher(
              node.path("responses")
                  .path(Integer.toString(status))
                  .path("description")
                  .asString(""))
          .results()
          .map(code -> code.group(1))
          .collect(Collectors.toSet());
    }

    /** The media types and schemas of a status' bodies. */
    public Set<Map.Entry<String, JsonNode>> contents(int status) {
      return node.path("responses")
          .path(Integer.toString(status))
          .path("content")
          .propertyStream()
          .collect(Collectors.toSet());
    }

    @Override
    public String toString() {
      return method + " " + path;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Operation operation && operation.toString().equals(toString());
    }

    @Override
    public int hashCode() {
      return Objects.hash(method, path);
    }
  }
}
