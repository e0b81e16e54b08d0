package dev.freshcut.coherentcache.model;

import dev.freshcut.coherentcache.model.PatternDraft.Column;
import dev.freshcut.coherentcache.model.TableChange.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rules of one table, in the form in which they are applied to each of its changes. */
final class CompiledTable {
  private final BoundColumns columns;
  private final List<CompiledRule> rules;
  private final List<Pattern> onTruncate;
  private final List<Pattern> everything;

  CompiledTable(String table, List<RuleDraft> drafts, Map<String, Family> families) {
    this.columns = new BoundColumns(table, bound(drafts));
    this.rules = drafts.stream().map(rule -> new CompiledRule(rule, columns, families)).toList();
    this.onTruncate =
        rules.stream()
            .filter(rule -> rule.reactsTo(Kind.TRUNCATE))
            .flatMap(CompiledRule::reach)
            .distinct()
            .toList();
    this.everything = rules.stream().flatMap(CompiledRule::reach).distinct().toList();
  }

  private static Map<String, ColumnType> bound(List<RuleDraft> drafts) {
    Map<String, ColumnType> bound = new LinkedHashMap<>();
    drafts.stream()
        .flatMap(rule -> rule.evict().stream())
        .flatMap(pattern -> pattern.slots().stream())
        .forEach(
            slot -> {
              if (slot instanceof Column column && column.type() != null) {
                bound.put(column.name(), column.type());
              }
            });
    return bound;
  }

  /** All that the rules could reach. */
  List<Pattern> everything() {
    return everything;
  }

  /** {@link CacheModel#evictionsFor}. */
  List<Pattern> evictionsFor(TableChange change) {
    return switch (change.kind()) {
      case TRUNCATE -> onTruncate;
      case CREATE -> ofOneImage(Kind.CREATE, columns.image("new", change.after()));
      case DELETE -> ofOneImage(Kind.DELETE, columns.image("old", change.before()));
      case UPDATE ->
          ofUpdate(columns.image("old", change.before()), columns.image("new", change.after()));
    };
  }

  private List<Pattern> ofOneImage(Kind kind, RowImage image) {
    List<Pattern> evictions = new ArrayList<>();
    for (CompiledRule rule : rules) {
      if (rule.reactsTo(kind)) {
        rule.addPatterns(image, evictions);
      }
    }
    return Collections.unmodifiableList(evictions);
  }

  private List<Pattern> ofUpdate(RowImage before, RowImage after) {
    List<Pattern> evictions = new ArrayList<>();
    for (CompiledRule rule : rules) {
      if (rule.reactsTo(Kind.UPDATE) && rule.matters(before, after)) {
        rule.addPatterns(before, evictions);
        rule.addPatterns(after, evictions);
      }
    }
    return Collections.unmodifiableList(evictions);
  }
}
