package dev.freshcut.coherentcache.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The entries of one mapping; reports what is missing, unknown, repeated or of another kind. */
final class Fields {
  private final Node where;
  private final boolean isMapping;
  private final String owner;
  private final Problems problems;
  private final Map<String, NodeTuple> entries;

  private Fields(
      Node where,
      boolean isMapping,
      String owner,
      Problems problems,
      Map<String, NodeTuple> entries) {
    this.where = where;
    this.isMapping = isMapping;
    this.owner = owner;
    this.problems = problems;
    this.entries = entries;
  }

  /**
   * Reads a mapping of which the keys are settings.
   *
   * @param where what is missing is reported here
   * @param owner what has the settings, for messages
   */
  static Fields of(Node where, Node node, String owner, List<String> known, Problems problems) {
    Map<String, NodeTuple> entries = entries(node, owner, problems);
    entries.forEach(
        (name, tuple) -> {
          if (!known.contains(name)) {
            problems.add(
                tuple.getKeyNode(),
                "%s has the unknown key '%s': known are %s".formatted(owner, name, names(known)));
          }
        });
    return new Fields(where, node instanceof MappingNode, owner, problems, entries);
  }

  /** The entries of a mapping by key, in the file's order; those of a repeated key once. */
  static Map<String, NodeTuple> entries(Node node, String owner, Problems problems) {
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, owner + " must be a mapping (indented lines 'key: value')");
      return Map.of();
    }
    Map<String, NodeTuple> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(tuple.getKeyNode(), owner + " has a key that is not plain text: quote it");
        continue;
      }
      NodeTuple first = entries.putIfAbsent(key.getValue(), tuple);
      if (first != null) {
        problems.add(
            key,
            "%s has the key '%s' twice, first on line %d: remove one"
                .formatted(owner, key.getValue(), Problems.lineOf(first.getKeyNode())));
      }
    }
    return Collections.unmodifiableMap(entries);
  }

  /** The value of a key, or null. */
  @Nullable Node optional(String name) {
    NodeTuple tuple = entries.get(name);
    return tuple == null ? null : tuple.getValueNode();
  }

  /** The value of a key; its absence is reported. */
  @Nullable Node required(String name) {
    Node value = optional(name);
    if (value == null && isMapping) {
      problems.add(where, "%s lacks '%s': add it".formatted(owner, name));
    }
    return value;
  }

  /** The text of a key that must be given. */
  @Nullable String requiredText(String name) {
    Node value = required(name);
    return value == null ? null : text(value, label(name), problems);
  }

  /** The text of a key, or the text that stands for its absence. */
  @Nullable String textOr(String name, String absent) {
    Node value = optional(name);
    return value == null ? absent : text(value, label(name), problems);
  }

  /** The texts in the list of a key that is present. */
  List<ScalarNode> list(String name) {
    Node value = optional(name);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode sequence)) {
      problems.add(value, label(name) + " must be a list, such as [a, b]");
      return List.of();
    }
    if (sequence.getValue().isEmpty()) {
      problems.add(value, label(name) + " is an empty list: name something or remove the key");
    }
    List<ScalarNode> items = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Node item : sequence.getValue()) {
      String text = text(item, "each item of " + label(name), problems);
      if (text != null && item instanceof ScalarNode scalar) {
        if (seen.add(text)) {
          items.add(scalar);
        } else {
          problems.add(item, "%s has '%s' twice: remove one".formatted(label(name), text));
        }
      }
    }
    return items;
  }

  /** Where the value of a key begins; if it is absent, where its absence is reported. */
  Node where(String name) {
    Node value = optional(name);
    return value == null ? where : value;
  }

  /** How messages call a key. */
  String label(String name) {
    return "'%s' of %s".formatted(name, owner);
  }

  /** Names in a message. */
  static String names(Collection<String> names) {
    return names.isEmpty() ? "(none)" : String.join(", ", names);
  }

  /** The text of a scalar that is not empty; anything else is reported. */
  static @Nullable String text(Node node, String label, Problems problems) {
    if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
      return scalar.getValue();
    }
    problems.add(node, label + " must be text, not empty and not a list or mapping");
    return null;
  }
}
