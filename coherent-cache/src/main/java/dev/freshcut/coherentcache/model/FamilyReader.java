package dev.freshcut.coherentcache.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Reads one entry of the section {@code families}. */
final class FamilyReader {
  private static final List<String> KEYS =
      List.of("key", "scope", "ttl", "jitter", "freshness", "compress-above", "ttl-only");
  private static final int MAX_VARIABLES = 8;
  private static final Duration DEFAULT_TTL = Duration.ofMinutes(5); // only to go on after a defect
  private static final String BOUNDED = "bounded ";

  private final String name;
  private final String owner;
  private final Fields fields;
  private final Problems problems;

  private FamilyReader(Node where, String name, Node node, Problems problems) {
    this.name = name;
    this.owner = "family '%s'".formatted(name);
    this.fields = Fields.of(where, node, owner, KEYS, problems);
    this.problems = problems;
  }

  /** Reads the section; a family whose template is not valid is null, which is reported. */
  static Map<String, @Nullable FamilyDraft> readAll(Node section, Problems problems) {
    Map<String, @Nullable FamilyDraft> families = new LinkedHashMap<>();
    Map<String, NodeTuple> entries = Fields.entries(section, "'families'", problems);
    if (section instanceof MappingNode && entries.isEmpty()) {
      problems.add(section, "'families' is empty: declare at least one");
    }
    entries.forEach(
        (name, entry) ->
            families.put(
                name,
                new FamilyReader(entry.getKeyNode(), name, entry.getValueNode(), problems)
                    .read(entry.getKeyNode())));
    return families;
  }

  private @Nullable FamilyDraft read(Node where) {
    if (!Identifiers.FAMILY.test(name)) {
      problems.add(where, "%s must be named with %s".formatted(owner, Identifiers.FAMILY_RULE));
    }
    List<String> variables = variables();
    scope(variables);
    Duration ttl =
        bounded(
            "ttl",
            null,
            Units::duration,
            Duration.ofSeconds(1),
            Duration.ofDays(30),
            DEFAULT_TTL,
            "a whole number with ms, s, m, h or d, from 1s to 30d");
    double jitter =
        bounded(
            "jitter", "10%", Units::percentage, 0.0, 0.5, 0.0, "a whole percentage from 0% to 50%");
    long compressAbove =
        bounded(
            "compress-above",
            "1KB",
            Units::bytes,
            0L,
            64L << 20,
            0L,
            "a whole number with B, KB or MB, from 0B to 64MB");
    Freshness freshness = freshness();
    boolean ttlOnly = ttlOnly();
    return variables.isEmpty()
        ? null
        : new FamilyDraft(
            where, name, variables, ttl, jitter, freshness, (int) compressAbove, ttlOnly);
  }

  /** The template's variables; empty if it is not valid. */
  private List<String> variables() {
    String template = fields.requiredText("key");
    if (template == null) {
      return List.of();
    }
    Node where = fields.where("key");
    String[] segments = template.split(":", -1);
    if (!segments[0].equals(name)) {
      problems.add(
          where,
          "the key template '%s' of %s must begin with the family's name: '%s:{...}'"
              .formatted(template, owner, name));
      return List.of();
    }
    if (segments.length < 2 || segments.length > MAX_VARIABLES + 1) {
      problems.add(
          where,
          "the key template '%s' of %s has %d variables: it needs 1 to %d"
              .formatted(template, owner, segments.length - 1, MAX_VARIABLES));
      return List.of();
    }
    List<String> variables = new ArrayList<>();
    for (String segment : List.of(segments).subList(1, segments.length)) {
      String variable = unbraced(segment);
      if (variable == null || !Identifiers.VARIABLE.test(variable)) {
        problems.add(
            where,
            "segment '%s' of the key template of %s must be {variable}, %s"
                .formatted(segment, owner, Identifiers.VARIABLE_RULE));
        return List.of();
      }
      if (variables.contains(variable)) {
        problems.add(
            where,
            "the key template of %s has the variable '%s' twice: rename one"
                .formatted(owner, variable));
        return List.of();
      }
      variables.add(variable);
    }
    return variables;
  }

  private void scope(List<String> variables) {
    String scope = fields.requiredText("scope");
    if (scope == null || variables.isEmpty() || scope.equals(variables.getFirst())) {
      return;
    }
    problems.add(
        fields.where("scope"),
        variables.contains(scope)
            ? "the scope '%s' of %s must be the first variable of its key template: move it there"
                .formatted(scope, owner)
            : "the scope '%s' of %s is not a variable of its key template: name its first, '%s'"
                .formatted(scope, owner, variables.getFirst()));
  }

  private Freshness freshness() {
    String text = fields.textOr("freshness", "strict");
    if (text == null || text.equals("strict")) {
      return new Freshness.Strict();
    }
    Duration interval =
        text.startsWith(BOUNDED) ? Units.duration(text.substring(BOUNDED.length())) : null;
    if (interval == null
        || interval.compareTo(Duration.ofSeconds(1)) < 0
        || interval.compareTo(Duration.ofHours(1)) > 0) {
      problems.add(
          fields.where("freshness"),
          "%s is '%s': it must be 'strict' or 'bounded' with an interval from 1s to 1h, such as"
                  .formatted(fields.label("freshness"), text)
              + " 'bounded 30s'");
      return new Freshness.Strict();
    }
    return new Freshness.Bounded(interval);
  }

  private boolean ttlOnly() {
    String text = fields.textOr("ttl-only", "false");
    if (text != null && !text.equals("true") && !text.equals("false")) {
      problems.add(
          fields.where("ttl-only"),
          "%s is '%s': it must be true or false".formatted(fields.label("ttl-only"), text));
    }
    return "true".equals(text);
  }

  /** A quantity within its bounds; if it is not, that is reported and {@code fallback} returned. */
  private <T extends Comparable<T>> T bounded(
      String key,
      @Nullable String absent,
      Function<String, @Nullable T> parser,
      T min,
      T max,
      T fallback,
      String expected) {
    String text = absent == null ? fields.requiredText(key) : fields.textOr(key, absent);
    if (text == null) {
      return fallback;
    }
    T value = parser.apply(text);
    if (value == null || value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      problems.add(
          fields.where(key),
          "%s is '%s': it must be %s".formatted(fields.label(key), text, expected));
      return fallback;
    }
    return value;
  }

  /** What is between the braces, or null if the segment is not in braces. */
  static @Nullable String unbraced(String segment) {
    return segment.length() > 2 && segment.startsWith("{") && segment.endsWith("}")
        ? segment.substring(1, segment.length() - 1)
        : null;
  }
}
