package dev.freshcut.coherentcache.model;

import dev.freshcut.coherentcache.model.TableChange.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the section {@code rules}. */
final class RuleReader {
  private static final List<String> KEYS = List.of("table", "on", "columns", "evict");

  private final Map<String, TableDraft> tables;
  private final PatternReader patterns;
  private final Problems problems;
  private final Set<String> mentionedTables = new HashSet<>();

  RuleReader(
      Map<String, TableDraft> tables,
      Map<String, @Nullable FamilyDraft> families,
      Problems problems) {
    this.tables = tables;
    this.patterns = new PatternReader(families, problems);
    this.problems = problems;
  }

  /** The tables that rules name, valid or not. */
  Set<String> mentionedTables() {
    return mentionedTables;
  }

  /** The families that patterns name, valid or not. */
  Set<String> mentionedFamilies() {
    return patterns.mentionedFamilies();
  }

  List<RuleDraft> readAll(Node section) {
    if (!(section instanceof SequenceNode sequence)) {
      problems.add(section, "'rules' must be a list (lines that begin with '- table: ...')");
      return List.of();
    }
    List<RuleDraft> rules = new ArrayList<>();
    Map<String, Node> seen = new HashMap<>();
    for (Node node : sequence.getValue()) {
      RuleDraft rule = read(node);
      if (rule == null) {
        continue;
      }
      Node first = seen.putIfAbsent(rule.canonical(), node);
      if (first == null) {
        rules.add(rule);
      } else {
        problems.add(
            node,
            "this rule says the same as the one on line %d: remove one"
                .formatted(Problems.lineOf(first)));
      }
    }
    return rules;
  }

  private @Nullable RuleDraft read(Node node) {
    Fields fields = Fields.of(node, node, "this rule", KEYS, problems);
    String name = fields.requiredText("table");
    Set<Kind> on = operations(fields);
    if (name == null) {
      return null;
    }
    mentionedTables.add(name);
    TableDraft table = tables.get(name);
    if (table == null) {
      problems.add(
          fields.where("table"),
          "table '%s' is not declared: add it to 'tables', or correct the name to one of %s"
              .formatted(name, Fields.names(tables.keySet())));
      fields.list("evict").forEach(patterns::mention);
      return null;
    }
    return new RuleDraft(node, name, on, columns(fields, table, on), evict(fields, table));
  }

  private Set<Kind> operations(Fields fields) {
    if (fields.optional("on") == null) {
      return EnumSet.allOf(Kind.class);
    }
    Set<Kind> on = EnumSet.noneOf(Kind.class);
    for (ScalarNode item : fields.list("on")) {
      Arrays.stream(Kind.values())
          .filter(kind -> RuleDraft.label(kind).equals(item.getValue()))
          .findAny()
          .ifPresentOrElse(
              on::add,
              () ->
                  problems.add(
                      item,
                      "operation '%s' is unknown: known are %s"
                          .formatted(
                              item.getValue(),
                              Arrays.stream(Kind.values())
                                  .map(RuleDraft::label)
                                  .collect(Collectors.joining(", ")))));
    }
    return on;
  }

  private Set<String> columns(Fields fields, TableDraft table, Set<Kind> on) {
    Set<String> columns = new LinkedHashSet<>();
    for (ScalarNode item : fields.list("columns")) {
      columns.add(item.getValue());
      if (!table.columns().containsKey(item.getValue())) {
        problems.add(item, "column '%s' %s".formatted(item.getValue(), undeclared(table)));
      }
    }
    if (!columns.isEmpty() && !on.contains(Kind.UPDATE)) {
      problems.add(
          fields.where("columns"),
          "'columns' has no effect: this rule is not on update; add update to 'on' or remove it");
    }
    return columns;
  }

  private List<PatternDraft> evict(Fields fields, TableDraft table) {
    if (fields.required("evict") == null) {
      return List.of();
    }
    List<PatternDraft> evict = new ArrayList<>();
    for (ScalarNode item : fields.list("evict")) {
      PatternDraft pattern = patterns.read(item, table);
      if (pattern != null) {
        evict.add(pattern);
      }
    }
    for (PatternDraft narrow : evict) {
      evict.stream()
          .filter(wide -> !wide.equals(narrow) && wide.covers(narrow))
          .findFirst()
          .ifPresent(
              wide ->
                  problems.add(
                      narrow.where(),
                      "pattern '%s' is covered by '%s' of the same rule: remove it"
                          .formatted(narrow.text(), wide.text())));
    }
    return evict;
  }

  /** What messages say about a column that the table lacks. */
  static String undeclared(TableDraft table) {
    return "is not declared for table '%s': add it there with its type, or correct it to one of %s"
        .formatted(table.name(), Fields.names(table.columns().keySet()));
  }
}
