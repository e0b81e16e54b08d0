package dev.freshcut.coherentcache.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.model.TableChange.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * For random models, random changes and every entry of a small universe: an entry is evicted if and
 * only if the rules say so, read literally; and its indexes are those by which it is evicted.
 */
class EvictionsPropertyTest {
  private static final int MODELS = 100;
  private static final int CHANGES = 15;
  private static final List<String> TABLES = List.of("s.t", "s.u");
  private static final List<String> COLUMNS = List.of("a", "b", "c", "d");

  private static final String LITERAL = "any";
  private static final List<@Nullable Object> IN_ROWS = Arrays.asList(null, 0, 1, 2);
  private static final List<@Nullable Object> VALUES = Arrays.asList(null, 0, 1, 2, LITERAL);

  /** Mostly updates, seldom a TRUNCATE. */
  private static final List<Kind> KINDS =
      List.of(
          Kind.CREATE,
          Kind.DELETE,
          Kind.UPDATE,
          Kind.UPDATE,
          Kind.UPDATE,
          Kind.UPDATE,
          Kind.TRUNCATE);

  private record Template(String family, int variables) {}

  /** Slots are {@code *}, {@code {column}} or {@code any}. */
  private record Evict(Template template, List<String> slots) {}

  private record Rule(String table, Set<Kind> on, Set<String> columns, List<Evict> evict) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void evictsExactlyWhatTheRulesSay(long seed) {
    Random random = new Random(seed);
    int models = 0;
    int evictions = 0;
    for (int attempt = 0; models < MODELS; attempt++) {
      assertThat(attempt).as("random models tried, %d accepted", models).isLessThan(100 * MODELS);
      List<Template> templates =
          List.of(
              new Template("f", 1 + random.nextInt(3)), new Template("g", 1 + random.nextInt(3)));
      List<Rule> rules = randomRules(random, templates);
      CacheModel model;
      try {
        model = CacheModel.parse("seed-" + seed, yaml(templates, rules));
      } catch (InvalidCacheModelException covered) {
        continue; // a random rule often has a pattern twice, or a table none
      }
      models++;
      for (int i = 0; i < CHANGES; i++) {
        evictions += check("seed " + seed, model, templates, rules, randomChange(random));
      }
    }
    assertThat(evictions).as("entries evicted, seed %d", seed).isGreaterThan(2_000);
  }

  private static int check(
      String seed,
      CacheModel model,
      List<Template> templates,
      List<Rule> rules,
      TableChange change) {
    List<Pattern> patterns = model.evictionsFor(change);
    Set<Pattern> distinct = new HashSet<>(patterns);
    assertThat(patterns).as(seed).hasSize(distinct.size());
    int evicted = 0;
    for (Template template : templates) {
      for (List<@Nullable Object> entry : entries(template, rules)) {
        CacheKey key = model.family(template.family()).key(entry.toArray());
        boolean matched = patterns.stream().anyMatch(pattern -> pattern.matches(key));
        if (matched != affected(template, entry, rules, change)) {
          throw new AssertionError(
              "%s: %s, %s evicts %s, which is wrong for %s of rules %s"
                  .formatted(seed, matched, change, patterns, key, rules));
        }
        boolean indexed = key.indexes().stream().anyMatch(distinct::contains);
        if (change.kind() != Kind.TRUNCATE && indexed != matched) {
          throw new AssertionError(
              "%s: %s is not in the indexes that %s evicts: %s"
                  .formatted(seed, key, change, patterns));
        }
        evicted += matched ? 1 : 0;
      }
    }
    return evicted;
  }

  /** The rules, read literally. */
  private static boolean affected(
      Template template, List<@Nullable Object> entry, List<Rule> rules, TableChange change) {
    for (Rule rule : rules) {
      if (!rule.table().equals(change.table()) || !rule.on().contains(change.kind())) {
        continue;
      }
      for (Evict evict : rule.evict()) {
        if (evict.template().equals(template)
            && (change.kind() == Kind.TRUNCATE
                || (matters(rule, change)
                    && (names(evict, change.before(), entry)
                        || names(evict, change.after(), entry))))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean matters(Rule rule, TableChange change) {
    Map<String, ? extends @Nullable Object> before = change.before();
    Map<String, ? extends @Nullable Object> after = change.after();
    if (before == null || after == null || rule.columns().isEmpty()) {
      return true;
    }
    Set<String> columns = new HashSet<>(rule.columns());
    for (Evict evict : rule.evict()) {
      for (String slot : evict.slots()) {
        if (slot.startsWith("{")) {
          columns.add(slot.substring(1, slot.length() - 1));
        }
      }
    }
    return columns.stream().anyMatch(c -> !Objects.equals(before.get(c), after.get(c)));
  }

  private static boolean names(
      Evict evict,
      @Nullable Map<String, ? extends @Nullable Object> row,
      List<@Nullable Object> entry) {
    if (row == null) {
      return false;
    }
    for (int i = 0; i < entry.size(); i++) {
      String slot = evict.slots().get(i);
      Object wanted =
          slot.startsWith("{") ? row.get(slot.substring(1, slot.length() - 1)) : (Object) slot;
      if (!slot.equals("*") && !Objects.equals(wanted, entry.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<List<@Nullable Object>> entries(Template template, List<Rule> rules) {
    List<List<@Nullable Object>> entries = new ArrayList<>();
    entries.add(new ArrayList<>());
    for (int i = 0; i < template.variables(); i++) {
      List<List<@Nullable Object>> longer = new ArrayList<>();
      for (List<@Nullable Object> entry : entries) {
        for (Object value : hasLiteral(template, i, rules) ? VALUES : IN_ROWS) {
          List<@Nullable Object> next = new ArrayList<>(entry);
          next.add(value);
          longer.add(next);
        }
      }
      entries = longer;
    }
    return entries;
  }

  /** Whether some rule has the literal in the place of a variable; without, keys refuse it. */
  private static boolean hasLiteral(Template template, int position, List<Rule> rules) {
    return rules.stream()
        .flatMap(rule -> rule.evict().stream())
        .filter(evict -> evict.template().equals(template))
        .anyMatch(evict -> evict.slots().get(position).equals(LITERAL));
  }

  private static List<Rule> randomRules(Random random, List<Template> templates) {
    List<Rule> rules = new ArrayList<>();
    for (String table : TABLES) {
      int count = 1 + random.nextInt(2);
      for (int i = 0; i < count; i++) {
        Set<Kind> on = randomSubset(random, List.of(Kind.values()), 0.8);
        Set<String> columns =
            on.contains(Kind.UPDATE) ? randomSubset(random, COLUMNS, 0.2) : Set.of();
        List<Evict> evict = new ArrayList<>();
        for (int j = 0; j <= random.nextInt(3); j++) {
          Template template = templates.get(random.nextInt(templates.size()));
          evict.add(new Evict(template, randomSlots(random, template.variables())));
        }
        rules.add(new Rule(table, on.isEmpty() ? Set.of(Kind.DELETE) : on, columns, evict));
      }
    }
    return rules;
  }

  private static List<String> randomSlots(Random random, int count) {
    List<String> slots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      slots.add(
          switch (random.nextInt(i == 0 ? 5 : 8)) {
            case 0 -> LITERAL;
            case 1, 2, 3, 4 -> "{" + COLUMNS.get(random.nextInt(3)) + "}";
            default -> "*";
          });
    }
    return slots;
  }

  private static <T> Set<T> randomSubset(Random random, List<T> of, double probability) {
    return of.stream()
        .filter(element -> random.nextDouble() < probability)
        .collect(Collectors.toSet());
  }

  private static TableChange randomChange(Random random) {
    Kind kind = KINDS.get(random.nextInt(KINDS.size()));
    Map<String, @Nullable Object> before = randomRow(random);
    Map<String, @Nullable Object> after = new HashMap<>(before);
    for (String column : randomSubset(random, COLUMNS, 0.3)) {
      after.put(column, IN_ROWS.get(random.nextInt(IN_ROWS.size())));
    }
    return new TableChange(
        TABLES.get(random.nextInt(TABLES.size())),
        kind,
        kind == Kind.CREATE || kind == Kind.TRUNCATE ? null : before,
        kind == Kind.DELETE || kind == Kind.TRUNCATE ? null : after);
  }

  private static Map<String, @Nullable Object> randomRow(Random random) {
    Map<String, @Nullable Object> row = new HashMap<>();
    for (String column : COLUMNS) {
      row.put(column, IN_ROWS.get(random.nextInt(IN_ROWS.size())));
    }
    return Collections.unmodifiableMap(row);
  }

  private static String yaml(List<Template> templates, List<Rule> rules) {
    StringBuilder yaml = new StringBuilder("version: 1\ntables:\n");
    for (String table : TABLES) {
      yaml.append("  %s: {a: integer, b: integer, c: integer, d: integer}\n".formatted(table));
    }
    yaml.append("families:\n");
    for (Template template : templates) {
      String key = template.family();
      for (int i = 0; i < template.variables(); i++) {
        key += ":{v" + i + "}";
      }
      yaml.append("  %s: {key: \"%s\", scope: v0, ttl: 1m}\n".formatted(template.family(), key));
    }
    yaml.append("rules:\n");
    for (Rule rule : rules) {
      yaml.append("  - table: %s\n".formatted(rule.table()));
      yaml.append(
          rule.on().stream()
              .map(kind -> kind.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", ", "    on: [", "]\n")));
      if (!rule.columns().isEmpty()) {
        yaml.append("    columns: [%s]\n".formatted(String.join(", ", rule.columns())));
      }
      yaml.append("    evict:\n");
      for (Evict evict : rule.evict()) {
        yaml.append(
            "      - \"%s:%s\"\n"
                .formatted(evict.template().family(), String.join(":", evict.slots())));
      }
    }
    return yaml.toString();
  }
}
