package dev.freshcut.coherentcache.model;

import dev.freshcut.coherentcache.model.PatternDraft.Column;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The defects that show only when tables, families and rules are seen together. */
final class CrossChecks {
  private static final int MAX_SHAPES = 16;
  private static final int MAX_PATTERNS_OF_TABLE = 64;

  private final List<RuleDraft> rules;
  private final Set<String> mentionedTables;
  private final Set<String> mentionedFamilies;
  private final Problems problems;

  /**
   * Makes the checks over these rules.
   *
   * @param mentionedTables named by any rule, also by one that is not valid
   * @param mentionedFamilies named by any pattern, also by one that is not valid
   */
  CrossChecks(
      List<RuleDraft> rules,
      Set<String> mentionedTables,
      Set<String> mentionedFamilies,
      Problems problems) {
    this.rules = rules;
    this.mentionedTables = mentionedTables;
    this.mentionedFamilies = mentionedFamilies;
    this.problems = problems;
  }

  void run(Collection<TableDraft> tables, Collection<FamilyDraft> families) {
    tables.forEach(this::checkTable);
    families.forEach(this::checkFamily);
    checkVariableTypes();
  }

  private void checkTable(TableDraft table) {
    if (!mentionedTables.contains(table.name())) {
      problems.add(
          table.where(),
          "no rule names table '%s': add a rule, or remove the table".formatted(table.name()));
    }
    int patterns =
        rules.stream()
            .filter(rule -> rule.table().equals(table.name()))
            .mapToInt(rule -> rule.evict().size())
            .sum();
    if (patterns > MAX_PATTERNS_OF_TABLE) {
      problems.add(
          table.where(),
          "the rules of table '%s' have %d patterns, and at most %d are allowed: use wider ones"
              .formatted(table.name(), patterns, MAX_PATTERNS_OF_TABLE));
    }
  }

  private void checkFamily(FamilyDraft family) {
    Set<Integer> shapes =
        rules.stream()
            .flatMap(rule -> rule.evict().stream())
            .filter(pattern -> pattern.family().equals(family))
            .map(PatternDraft::shape)
            .collect(Collectors.toSet());
    boolean mentioned = mentionedFamilies.contains(family.name());
    if (!mentioned && !family.ttlOnly()) {
      problems.add(
          family.where(),
          "no rule evicts family '%s', so its entries would go stale: add rules, or say"
                  .formatted(family.name())
              + " 'ttl-only: true' if its TTL is enough");
    }
    if (mentioned && family.ttlOnly()) {
      problems.add(
          family.where(),
          "family '%s' says 'ttl-only: true', but rules evict it: remove the key or the patterns"
              .formatted(family.name()));
    }
    if (shapes.size() > MAX_SHAPES) {
      problems.add(
          family.where(),
          "rules bind family '%s' in %d ways, and each entry would belong to as many indexes; at"
                  .formatted(family.name(), shapes.size())
              + " most %d are allowed: use wider patterns".formatted(MAX_SHAPES));
    }
  }

  /** A variable bound to an integer here and to a date there is most likely in the wrong place. */
  private void checkVariableTypes() {
    Map<String, PatternDraft> firstUses = new HashMap<>();
    for (RuleDraft rule : rules) {
      for (PatternDraft pattern : rule.evict()) {
        for (int i = 0; i < pattern.slots().size(); i++) {
          if (pattern.slots().get(i) instanceof Column column) {
            String variable = pattern.family().variables().get(i);
            PatternDraft first =
                firstUses.putIfAbsent(pattern.family().name() + ':' + variable, pattern);
            if (first != null
                && first.slots().get(i) instanceof Column other
                && other.type() != column.type()) {
              reportTypes(pattern, variable, column, first, other);
            }
          }
        }
      }
    }
  }

  private void reportTypes(
      PatternDraft pattern, String variable, Column column, PatternDraft first, Column other) {
    problems.add(
        pattern.where(),
        "pattern '%s' binds variable '%s' to '%s' (%s), but line %d binds it to '%s' (%s): no key"
                .formatted(
                    pattern.text(),
                    variable,
                    column.name(),
                    label(column),
                    Problems.lineOf(first.where()),
                    other.name(),
                    label(other))
            + " can match both");
  }

  private static String label(Column column) {
    ColumnType type = column.type();
    return type == null ? "of no valid type" : type.label();
  }
}
