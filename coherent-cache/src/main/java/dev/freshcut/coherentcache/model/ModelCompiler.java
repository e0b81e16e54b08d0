package dev.freshcut.coherentcache.model;

import dev.freshcut.coherentcache.model.PatternDraft.Column;
import dev.freshcut.coherentcache.model.PatternDraft.Literal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Turns drafts without defects into the model that is used at runtime. */
final class ModelCompiler {
  private static final int SCOPE_ONLY = 1;

  private ModelCompiler() {}

  static CacheModel compile(
      Map<String, TableDraft> tables, Map<String, FamilyDraft> drafts, List<RuleDraft> rules) {
    Map<String, Family> families = new LinkedHashMap<>();
    drafts.forEach((name, draft) -> families.put(name, family(draft, rules)));
    Map<String, CompiledTable> compiled = new LinkedHashMap<>();
    Map<String, Set<String>> columns = new LinkedHashMap<>();
    tables.forEach(
        (name, table) -> {
          columns.put(
              name, Collections.unmodifiableSet(new LinkedHashSet<>(table.columns().keySet())));
          List<RuleDraft> ofTable = rules.stream().filter(r -> r.table().equals(name)).toList();
          compiled.put(name, new CompiledTable(name, ofTable, families));
        });
    return new CacheModel(
        Collections.unmodifiableMap(families),
        Collections.unmodifiableMap(columns),
        compiled,
        Fingerprint.of(tables.values(), drafts.values(), rules));
  }

  private static Family family(FamilyDraft draft, List<RuleDraft> rules) {
    List<PatternDraft> patterns =
        rules.stream()
            .flatMap(rule -> rule.evict().stream())
            .filter(pattern -> pattern.family().equals(draft))
            .toList();
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < draft.variables().size(); i++) {
      variables.add(variable(draft.variables().get(i), i, patterns));
    }
    Set<Integer> shapes = new TreeSet<>();
    shapes.add(SCOPE_ONLY); // the scope is the first variable, so this is the least of all shapes
    patterns.forEach(pattern -> shapes.add(pattern.shape()));
    return new Family(
        new Family.Definition(
            draft.name(),
            List.copyOf(variables),
            draft.ttl(),
            draft.jitter(),
            draft.freshness(),
            draft.compressAbove(),
            List.copyOf(shapes)));
  }

  private static Variable variable(String name, int position, List<PatternDraft> patterns) {
    ColumnType type = null;
    Set<String> literals = new TreeSet<>();
    for (PatternDraft pattern : patterns) {
      switch (pattern.slots().get(position)) {
        case Column column -> type = column.type();
        case Literal literal -> literals.add(literal.text());
        case PatternDraft.Any any -> {}
      }
    }
    return new Variable(name, type, literals);
  }
}
