package dev.freshcut.coherentcache.model;

import dev.freshcut.coherentcache.model.PatternDraft.Any;
import dev.freshcut.coherentcache.model.PatternDraft.Column;
import dev.freshcut.coherentcache.model.PatternDraft.Literal;
import dev.freshcut.coherentcache.model.PatternDraft.Slot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the patterns of rules. */
final class PatternReader {
  private final Map<String, @Nullable FamilyDraft> families;
  private final Problems problems;
  private final Set<String> mentionedFamilies = new HashSet<>();

  PatternReader(Map<String, @Nullable FamilyDraft> families, Problems problems) {
    this.families = families;
    this.problems = problems;
  }

  /** The families that patterns name, valid or not. */
  Set<String> mentionedFamilies() {
    return mentionedFamilies;
  }

  /** Notes the family of a pattern that cannot be read, so that it does not seem forgotten. */
  void mention(ScalarNode node) {
    mentionedFamilies.add(node.getValue().split(":", -1)[0]);
  }

  /** The pattern; null if it is not valid, which is reported. */
  @Nullable PatternDraft read(ScalarNode node, TableDraft table) {
    mention(node);
    String text = node.getValue();
    String[] segments = text.split(":", -1);
    if (!families.containsKey(segments[0])) {
      problems.add(
          node,
          "pattern '%s' is of the unknown family '%s': known are %s"
              .formatted(text, segments[0], Fields.names(families.keySet())));
      return null;
    }
    FamilyDraft family = families.get(segments[0]);
    if (family == null) {
      return null; // its own defect is reported
    }
    if (segments.length - 1 != family.variables().size()) {
      problems.add(
          node,
          "pattern '%s' has %d segments after its family's name, but the key template '%s' has %d"
              .formatted(text, segments.length - 1, family.template(), family.variables().size()));
      return null;
    }
    List<Slot> slots = new ArrayList<>();
    for (String segment : List.of(segments).subList(1, segments.length)) {
      Slot slot = slot(node, segment, table);
      if (slot == null) {
        return null;
      }
      slots.add(slot);
    }
    if (slots.getFirst() instanceof Any) {
      problems.add(
          node,
          "pattern '%s' leaves its scope '%s' unbound: put a {column} or a literal in its place"
              .formatted(text, family.variables().getFirst()));
      return null;
    }
    return new PatternDraft(node, text, family, slots);
  }

  private @Nullable Slot slot(ScalarNode node, String segment, TableDraft table) {
    if (segment.equals("*")) {
      return new Any();
    }
    String column = FamilyReader.unbraced(segment);
    if (column != null) {
      return column(node, column, table);
    }
    if (segment.isEmpty() || !Segment.isPlain(segment)) {
      problems.add(
          node,
          "segment '%s' of pattern '%s' must be *, {column} or a literal of letters, digits and"
                  .formatted(segment, node.getValue())
              + " . _ - +");
      return null;
    }
    return new Literal(segment);
  }

  private @Nullable Slot column(ScalarNode node, String name, TableDraft table) {
    if (!table.columns().containsKey(name)) {
      problems.add(
          node,
          "column '%s' of pattern '%s' %s"
              .formatted(name, node.getValue(), RuleReader.undeclared(table)));
      return null;
    }
    ColumnType type = table.columns().get(name);
    if (type != null && !type.bindable()) {
      problems.add(
          node,
          "column '%s' of pattern '%s' is of type %s, whose text is not unique, so no key can hold"
                  .formatted(name, node.getValue(), type.label())
              + " it: bind another column (it may stay in 'columns')");
      return null;
    }
    return new Column(name, type);
  }
}
