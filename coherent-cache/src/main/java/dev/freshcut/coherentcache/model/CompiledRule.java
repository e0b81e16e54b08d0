package dev.freshcut.coherentcache.model;

import dev.freshcut.coherentcache.model.TableChange.Kind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** A rule, ready to be applied to changes. */
final class CompiledRule {
  private final Set<Kind> on;
  private final List<String> watched;
  private final List<CompiledPattern> patterns;

  CompiledRule(RuleDraft draft, BoundColumns bound, Map<String, Family> families) {
    this.on = draft.on();
    this.watched = List.copyOf(draft.watched());
    this.patterns =
        draft.evict().stream()
            .map(
                pattern ->
                    new CompiledPattern(
                        pattern,
                        Objects.requireNonNull(families.get(pattern.family().name())),
                        bound))
            .toList();
  }

  boolean reactsTo(Kind kind) {
    return on.contains(kind);
  }

  /** Whether an update touches a column that matters to this rule. */
  boolean matters(RowImage before, RowImage after) {
    for (String column : watched) {
      if (!Objects.equals(before.value(column), after.value(column))) {
        return true;
      }
    }
    return watched.isEmpty();
  }

  /** Adds what this row evicts, unless it is there already. */
  void addPatterns(RowImage image, List<Pattern> evictions) {
    for (CompiledPattern pattern : patterns) {
      Pattern eviction = pattern.bind(image);
      if (!evictions.contains(eviction)) { // few enough for a linear search
        evictions.add(eviction);
      }
    }
  }

  /** The pattern of everything, for each family that this rule evicts. */
  Stream<Pattern> reach() {
    return patterns.stream().map(pattern -> pattern.family().everything());
  }
}
