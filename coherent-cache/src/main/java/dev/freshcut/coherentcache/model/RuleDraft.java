package dev.freshcut.coherentcache.model;

import dev.freshcut.coherentcache.model.PatternDraft.Column;
import dev.freshcut.coherentcache.model.TableChange.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A rule as the file gives it.
 *
 * @param where its place in the file
 * @param on the operations it reacts to
 * @param columns the columns that {@code columns} names; empty if every column matters
 */
record RuleDraft(
    Node where, String table, Set<Kind> on, Set<String> columns, List<PatternDraft> evict) {

  /**
   * The columns whose change makes an update matter; empty if every update matters. A bound column
   * always matters: when it changes, the row has moved from one entry to another.
   */
  Set<String> watched() {
    Set<String> watched = new TreeSet<>(columns);
    if (!columns.isEmpty()) {
      evict.stream()
          .flatMap(pattern -> pattern.slots().stream())
          .forEach(
              slot -> {
                if (slot instanceof Column column) {
                  watched.add(column.name());
                }
              });
    }
    return watched;
  }

  /** All that the rule says, in one form whatever its layout and order. */
  String canonical() {
    return "rule %s on %s columns %s evict %s"
        .formatted(
            table,
            on.stream().map(RuleDraft::label).sorted().collect(Collectors.joining(",")),
            columns.isEmpty() ? "*" : String.join(",", watched()),
            evict.stream().map(PatternDraft::text).sorted().collect(Collectors.joining(" ")));
  }

  /** The operation's name in model files. */
  static String label(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
