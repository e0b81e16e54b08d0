package dev.freshcut.coherentcache.model;

import static dev.freshcut.coherentcache.model.Models.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of defect has a line and a message of its own. */
class MalformedModelTest {

  record Case(String name, String yaml, List<String> problems) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case of(String name, String yaml, String... problems) {
    return new Case(name, yaml, List.of(problems));
  }

  @ParameterizedTest
  @MethodSource({"documents", "tables", "families", "rules", "patterns", "acrossSections"})
  void namesLineReasonAndMend(Case malformed) {
    InvalidCacheModelException e =
        catchThrowableOfType(
            InvalidCacheModelException.class,
            () -> CacheModel.parse("model.yml", malformed.yaml()));

    assertThat(e).as("the model was accepted").isNotNull();
    assertThat(e.problems())
        .extracting(problem -> problem.line() + ": " + problem.message())
        .containsExactlyElementsOf(malformed.problems());
  }

  static Stream<Case> documents() {
    return Stream.of(
        of("empty", "", "1: the file is empty: it needs at least 'version' and 'families'"),
        of(
            "only comments",
            "# nothing\n",
            "1: the file is empty: it needs at least 'version' and 'families'"),
        of("a scalar", "hello", "1: the file must be a mapping (indented lines 'key: value')"),
        of(
            "a list",
            "\n- version: 1\n",
            "2: the file must be a mapping (indented lines 'key: value')"),
        of(
            "syntax",
            with("{owner}\"", "{owner}"),
            "17: this is not valid YAML: expected <block end>, but found '<scalar>' (it belongs to"
                + " what begins on line 13); text with braces, asterisks or colons needs quotes"),
        of(
            "tab",
            with("    ttl: 24h", "\tttl: 24h"),
            "19: this is not valid YAML: found character '\\t(TAB)' that cannot start any token."
                + " (Do not use \\t(TAB) for indentation); text with braces, asterisks or colons"
                + " needs quotes"),
        of(
            "unquoted pattern in a list",
            with("[\"views:{id}:*:*\", ", "[views:{id}:*:*, "),
            "28: this is not valid YAML: expected ',' or ']', but got : (it belongs to what"
                + " begins on line 28); text with braces, asterisks or colons needs quotes"),
        of(
            "a character that YAML forbids",
            with("ttl: 24h", "ttl: \u0007"),
            "19: this line has the character U+0007, which YAML does not allow: remove it"),
        of(
            "an escape that is no character",
            with("scope: shop\n    ttl: 24h", "scope: \"\\UFFFFFFFF\"\n    ttl: 24h"),
            "18: this is not valid YAML: For input string: \"FFFFFFFF\" under radix 16; text with"
                + " braces, asterisks or colons needs quotes"),
        of(
            "two documents",
            Models.YAML + "---\nversion: 1\n",
            "29: a second document begins here: keep the model in one"),
        of(
            "anchor and alias",
            with("ttl: 5m", "ttl: &short 5m").replace("ttl: 24h", "ttl: *short"),
            "15: anchors (&name) are not supported: remove it, or quote the text",
            "19: aliases (*name) are not supported: write it out, or quote the text"),
        of(
            "tag",
            with("ttl: 5m", "ttl: !!str 5m"),
            "15: tags (!name) are not supported: remove it, or quote the text"),
        of(
            "tagged mapping",
            with("tables:\n", "tables: !!java.util.Map\n"),
            "2: tags (!name) are not supported: remove it, or quote the text"),
        of(
            "deep nesting",
            "version: " + "[".repeat(100_000),
            "1: this is nested more than 10 levels deep: no model needs it"),
        of(
            "large",
            "#".repeat((1 << 20) + 1),
            "1: the file is larger than 1 MiB: remove what is not used"),
        of("no version", with("version: 1", "# none"), "2: the file lacks 'version': add it"),
        of(
            "other version",
            with("version: 1", "version: 2"),
            "1: version '2' of the file format is not supported: this program reads version 1"),
        of(
            "unknown section",
            Models.YAML + "familys: {}\n",
            "29: the file has the unknown key 'familys': known are version, tables, families,"
                + " rules"),
        of(
            "section twice",
            Models.YAML + "tables: {}\n",
            "29: the file has the key 'tables' twice, first on line 2: remove one"),
        of(
            "key that is not text",
            Models.YAML + "[a]: b\n",
            "29: the file has a key that is not plain text: quote it"),
        of("no families", "version: 1\n", "1: the file lacks 'families': add it"),
        of(
            "families empty",
            "version: 1\nfamilies: {}\n",
            "2: 'families' is empty: declare at least one"),
        of(
            "many problems",
            """
            version: 1
            families:
              a: {key: "a:{x}", scope: x, ttl: 1s, ttl-only: true}
            """
                + IntStream.range(0, 105)
                    .mapToObj(i -> "unknown" + i + ": x\n")
                    .collect(Collectors.joining()),
            Stream.concat(
                    IntStream.range(0, 100)
                        .mapToObj(
                            i ->
                                "%d: the file has the unknown key 'unknown%d': known are version, tables, families, rules"
                                    .formatted(i + 4, i)),
                    Stream.of("103: 5 more problems are not shown: mend these first"))
                .toArray(String[]::new)));
  }

  static Stream<Case> tables() {
    return Stream.of(
        of(
            "tables is empty text",
            """
            version: 1
            tables:
            families:
              a: {key: "a:{x}", scope: x, ttl: 1s, ttl-only: true}
            """,
            "2: 'tables' must be a mapping (indented lines 'key: value')"),
        of(
            "table without schema",
            with("public.shops", "shops"),
            "9: table 'shops' must be named schema.table, each a letter or underscore followed by"
                + " at most 62 letters, digits and underscores"),
        of(
            "table twice",
            with("  public.shops:\n", "  public.items:\n    id: integer\n  public.shops:\n"),
            "9: 'tables' has the key 'public.items' twice, first on line 3: remove one"),
        of(
            "column name",
            with("    state: text\n", "    state: text\n    two words: text\n"),
            "8: column 'two words' of table 'public.items' must be a letter or underscore followed"
                + " by at most 62 letters, digits and underscores"),
        of(
            "column twice",
            with("    state: text\n", "    state: text\n    day: date\n"),
            "8: table 'public.items' has the key 'day' twice, first on line 5: remove one"),
        of(
            "column type",
            with("day: date", "day: datum"),
            "5: column 'day' of table 'public.items' has the unknown type 'datum': known are"
                + " integer, text, boolean, date, uuid, time, timestamp, decimal"),
        of(
            "column without type",
            with("state: text", "state:"),
            "7: column 'state' of table 'public.items' must be text, not empty and not a list or"
                + " mapping"));
  }

  static Stream<Case> families() {
    return Stream.of(
        of(
            "name",
            with("  hours:\n", "  Hours:\n").replace("hours:{", "Hours:{"),
            "16: family 'Hours' must be named with a lower-case letter followed by at most 63"
                + " lower-case letters, digits and dashes"),
        of(
            "family twice",
            with("rules:", "  views: {key: 'views:{x}', scope: x, ttl: 1s}\nrules:"),
            "20: 'families' has the key 'views' twice, first on line 12: remove one"),
        of(
            "unknown key",
            with("ttl: 5m", "ttl: 5m\n    near-cache: true"),
            "16: family 'views' has the unknown key 'near-cache': known are key, scope, ttl,"
                + " jitter, freshness, compress-above, ttl-only"),
        of(
            "missing keys",
            with("    scope: shop\n    ttl: 24h\n", ""),
            "16: family 'hours' lacks 'scope': add it",
            "16: family 'hours' lacks 'ttl': add it"),
        of(
            "no mapping",
            with(
                "  hours:\n    key: \"hours:{shop}\"\n    scope: shop\n    ttl: 24h\n",
                "  hours: 24h\n"),
            "16: family 'hours' must be a mapping (indented lines 'key: value')"),
        of(
            "key of another family",
            with("\"hours:{shop}\"", "\"opening:{shop}\""),
            "17: the key template 'opening:{shop}' of family 'hours' must begin with the family's"
                + " name: 'hours:{...}'"),
        of(
            "key without variables",
            with("\"hours:{shop}\"", "hours"),
            "17: the key template 'hours' of family 'hours' has 0 variables: it needs 1 to 8"),
        of(
            "key with too many variables",
            with("\"hours:{shop}\"", "\"hours:{shop}:{a}:{b}:{c}:{d}:{e}:{f}:{g}:{h}\""),
            "17: the key template 'hours:{shop}:{a}:{b}:{c}:{d}:{e}:{f}:{g}:{h}' of family 'hours'"
                + " has 9 variables: it needs 1 to 8"),
        of(
            "variable without braces",
            with("\"hours:{shop}\"", "\"hours:{shop}:day\""),
            "17: segment 'day' of the key template of family 'hours' must be {variable}, a"
                + " lower-case letter followed by at most 62 lower-case letters, digits and"
                + " underscores"),
        of(
            "variable twice",
            with("\"hours:{shop}\"", "\"hours:{shop}:{shop}\""),
            "17: the key template of family 'hours' has the variable 'shop' twice: rename one"),
        of(
            "scope not first",
            with("    scope: shop\n    ttl: 5m", "    scope: day\n    ttl: 5m"),
            "14: the scope 'day' of family 'views' must be the first variable of its key template:"
                + " move it there"),
        of(
            "scope no variable",
            with("    scope: shop\n    ttl: 5m", "    scope: town\n    ttl: 5m"),
            "14: the scope 'town' of family 'views' is not a variable of its key template: name its"
                + " first, 'shop'"),
        of(
            "ttl unit",
            with("ttl: 5m", "ttl: 5 weeks"),
            "15: 'ttl' of family 'views' is '5 weeks': it must be a whole number with ms, s, m, h"
                + " or d, from 1s to 30d"),
        of(
            "ttl too short",
            with("ttl: 5m", "ttl: 999ms"),
            "15: 'ttl' of family 'views' is '999ms': it must be a whole number with ms, s, m, h or"
                + " d, from 1s to 30d"),
        of(
            "ttl too long",
            with("ttl: 5m", "ttl: 31d"),
            "15: 'ttl' of family 'views' is '31d': it must be a whole number with ms, s, m, h or d,"
                + " from 1s to 30d"),
        of(
            "ttl is a list",
            with("ttl: 5m", "ttl: [5m]"),
            "15: 'ttl' of family 'views' must be text, not empty and not a list or mapping"),
        of(
            "jitter",
            with("ttl: 5m", "ttl: 5m\n    jitter: 51%"),
            "16: 'jitter' of family 'views' is '51%': it must be a whole percentage from 0% to"
                + " 50%"),
        of(
            "jitter as fraction",
            with("ttl: 5m", "ttl: 5m\n    jitter: 0.1"),
            "16: 'jitter' of family 'views' is '0.1': it must be a whole percentage from 0% to"
                + " 50%"),
        of(
            "compress-above",
            with("ttl: 5m", "ttl: 5m\n    compress-above: 65MB"),
            "16: 'compress-above' of family 'views' is '65MB': it must be a whole number with B, KB"
                + " or MB, from 0B to 64MB"),
        of(
            "freshness",
            with("ttl: 5m", "ttl: 5m\n    freshness: relaxed"),
            "16: 'freshness' of family 'views' is 'relaxed': it must be 'strict' or 'bounded' with"
                + " an interval from 1s to 1h, such as 'bounded 30s'"),
        of(
            "freshness out of bounds",
            with("ttl: 5m", "ttl: 5m\n    freshness: bounded 2h"),
            "16: 'freshness' of family 'views' is 'bounded 2h': it must be 'strict' or 'bounded'"
                + " with an interval from 1s to 1h, such as 'bounded 30s'"),
        of(
            "ttl-only",
            with("ttl: 5m", "ttl: 5m\n    ttl-only: yes"),
            "16: 'ttl-only' of family 'views' is 'yes': it must be true or false"));
  }

  static Stream<Case> rules() {
    return Stream.of(
        of(
            "no list",
            Models.YAML.substring(0, Models.YAML.indexOf("rules:")) + "rules: {}\n",
            "20: 'rules' must be a list (lines that begin with '- table: ...')"),
        of(
            "no mapping",
            Models.YAML + "  - public.items\n",
            "29: this rule must be a mapping (indented lines 'key: value')"),
        of(
            "unknown key",
            Models.YAML + "  - {table: public.shops, evict: ['hours:{id}'], when: always}\n",
            "29: this rule has the unknown key 'when': known are table, on, columns, evict"),
        of(
            "missing keys",
            Models.YAML + "  - on: [create]\n  - table: public.shops\n",
            "29: this rule lacks 'table': add it",
            "30: this rule lacks 'evict': add it"),
        of(
            "unknown table",
            Models.YAML + "  - {table: public.shop, evict: ['hours:{id}']}\n",
            "29: table 'public.shop' is not declared: add it to 'tables', or correct the name to"
                + " one of public.items, public.shops"),
        of(
            "rule without any table declared",
            """
            version: 1
            families:
              a: {key: "a:{x}", scope: x, ttl: 1s}
            rules:
              - {table: s.t, evict: ["a:{x}"]}
            """,
            "5: table 's.t' is not declared: add it to 'tables', or correct the name to one of"
                + " (none)"),
        of(
            "unknown table whose rule is a family's only one",
            with("- table: public.shops", "- table: public.shop"),
            "9: no rule names table 'public.shops': add a rule, or remove the table",
            "26: table 'public.shop' is not declared: add it to 'tables', or correct the name to"
                + " one of public.items, public.shops"),
        of(
            "unknown operation",
            with("[update, delete, truncate]", "[update, upsert]"),
            "27: operation 'upsert' is unknown: known are create, update, delete, truncate"),
        of(
            "operation twice",
            with("[update, delete, truncate]", "[update, update]"),
            "27: 'on' of this rule has 'update' twice: remove one"),
        of(
            "no operations",
            with("[update, delete, truncate]", "[]"),
            "27: 'on' of this rule is an empty list: name something or remove the key"),
        of(
            "operation without a list",
            with("[update, delete, truncate]", "update"),
            "27: 'on' of this rule must be a list, such as [a, b]"),
        of(
            "undeclared column",
            with("[state, seen]", "[state, price]"),
            "22: column 'price' is not declared for table 'public.items': add it there with its"
                + " type, or correct it to one of shop, day, owner, state, seen"),
        of(
            "column twice",
            with("[state, seen]", "[state, state]"),
            "22: 'columns' of this rule has 'state' twice: remove one"),
        of(
            "columns without update",
            with("[state, seen]", "[state]\n    on: [create, delete]"),
            "22: 'columns' has no effect: this rule is not on update; add update to 'on' or remove"
                + " it"),
        of(
            "rule twice",
            Models.YAML
                + """
                  - evict: ["hours:{id}", "views:{id}:*:*"]
                    on: [truncate, delete, update]
                    table: public.shops
                """,
            "29: this rule says the same as the one on line 26: remove one"));
  }

  static Stream<Case> patterns() {
    return Stream.of(
        of(
            "unknown family",
            with("\"hours:{id}\"", "\"hour:{id}\", \"hours:{id}\""),
            "28: pattern 'hour:{id}' is of the unknown family 'hour': known are views, hours"),
        of(
            "number of segments",
            with("\"views:{id}:*:*\"", "\"views:{id}:*\""),
            "28: pattern 'views:{id}:*' has 2 segments after its family's name, but the key"
                + " template 'views:{shop}:{day}:{owner}' has 3"),
        of(
            "unbound scope",
            with("\"views:{id}:*:*\"", "\"views:*:*:*\""),
            "28: pattern 'views:*:*:*' leaves its scope 'shop' unbound: put a {column} or a literal"
                + " in its place"),
        of(
            "undeclared column",
            with("\"views:{id}:*:*\"", "\"views:{shop}:*:*\""),
            "28: column 'shop' of pattern 'views:{shop}:*:*' is not declared for table"
                + " 'public.shops': add it there with its type, or correct it to one of id"),
        of(
            "column that cannot be bound",
            with("\"views:{shop}:{day}:any\"", "\"views:{shop}:{seen}:any\""),
            "25: column 'seen' of pattern 'views:{shop}:{seen}:any' is of type timestamp, whose"
                + " text is not unique, so no key can hold it: bind another column (it may stay in"
                + " 'columns')"),
        of(
            "wildcard inside a segment",
            with("\"views:{id}:*:*\"", "\"views:{id}:2026-*:*\""),
            "28: segment '2026-*' of pattern 'views:{id}:2026-*:*' must be *, {column} or a literal"
                + " of letters, digits and . _ - +"),
        of(
            "empty segment",
            with("\"views:{id}:*:*\"", "\"views:{id}::*\""),
            "28: segment '' of pattern 'views:{id}::*' must be *, {column} or a literal of letters,"
                + " digits and . _ - +"),
        of(
            "pattern twice",
            with("\"hours:{id}\"]", "\"hours:{id}\", \"hours:{id}\"]"),
            "28: 'evict' of this rule has 'hours:{id}' twice: remove one"),
        of(
            "covered pattern",
            with("\"hours:{id}\"]", "\"hours:{id}\", \"views:{id}:*:any\"]"),
            "28: pattern 'views:{id}:*:any' is covered by 'views:{id}:*:*' of the same rule: remove"
                + " it"));
  }

  static Stream<Case> acrossSections() {
    return Stream.of(
        of(
            "family without rules",
            with(", \"hours:{id}\"", ""),
            "16: no rule evicts family 'hours', so its entries would go stale: add rules, or say"
                + " 'ttl-only: true' if its TTL is enough"),
        of(
            "ttl-only family with rules",
            with("ttl: 24h", "ttl: 24h\n    ttl-only: true"),
            "16: family 'hours' says 'ttl-only: true', but rules evict it: remove the key or the"
                + " patterns"),
        of(
            "table without rules",
            with("families:", "  public.towns: {id: integer}\nfamilies:"),
            "11: no rule names table 'public.towns': add a rule, or remove the table"),
        of(
            "variable of two types",
            with("\"views:{shop}:{day}:any\"", "\"views:{shop}:{owner}:any\""),
            "25: pattern 'views:{shop}:{owner}:any' binds variable 'day' to 'owner' (integer), but"
                + " line 24 binds it to 'day' (date): no key can match both"),
        of(
            "too many indexes",
            wide(17),
            "5: rules bind family 'a' in 17 ways, and each entry would belong to as many indexes;"
                + " at most 16 are allowed: use wider patterns"),
        of(
            "too many patterns",
            """
            version: 1
            tables:
              s.t: {x: integer}
            families:
              a: {key: "a:{x}:{y}", scope: x, ttl: 1s}
            rules:
              - table: s.t
                evict:
            """
                + IntStream.range(0, 65)
                    .mapToObj(i -> "      - 'a:{x}:" + i + "'\n")
                    .collect(Collectors.joining()),
            "3: the rules of table 's.t' have 65 patterns, and at most 64 are allowed: use wider"
                + " ones"));
  }

  /** A model with a pattern for each of the first {@code count} ways to bind variables 2 to 6. */
  private static String wide(int count) {
    StringBuilder yaml =
        new StringBuilder(
            """
            version: 1
            tables:
              s.t: {x: integer}
            families:
              a: {key: "a:{s}:{b}:{c}:{d}:{e}:{f}", scope: s, ttl: 1s}
            rules:
            """);
    for (int shape = 0; shape < count; shape++) {
      String[] segments = new String[5];
      Arrays.fill(segments, "*");
      for (int i = 0; i < segments.length; i++) {
        if ((shape & (1 << i)) != 0) {
          segments[i] = "{x}";
        }
      }
      yaml.append("  - {table: s.t, evict: [\"a:{x}:")
          .append(String.join(":", segments))
          .append("\"]}\n");
    }
    return yaml.toString();
  }

  @Test
  void sixteenIndexesAreAccepted() {
    assertThat(CacheModel.parse("model.yml", wide(16)).family("a").shapes()).hasSize(16);
  }

  @Test
  void allProblemsAreReportedInTheOrderOfTheirLines() {
    String yaml =
        with("ttl: 24h", "ttl: forever").replace("day: date", "day: datum")
            + "  - {table: public.shops, evict: ['hours:{shop}']}\n";

    assertThat(
            catchThrowableOfType(
                InvalidCacheModelException.class, () -> CacheModel.parse("my-model.yml", yaml)))
        .hasMessage(
            """
            my-model.yml:5: column 'day' of table 'public.items' has the unknown type 'datum': \
            known are integer, text, boolean, date, uuid, time, timestamp, decimal
            my-model.yml:19: 'ttl' of family 'hours' is 'forever': it must be a whole number with \
            ms, s, m, h or d, from 1s to 30d
            my-model.yml:29: column 'shop' of pattern 'hours:{shop}' is not declared for table \
            'public.shops': add it there with its type, or correct it to one of id""");
  }
}
