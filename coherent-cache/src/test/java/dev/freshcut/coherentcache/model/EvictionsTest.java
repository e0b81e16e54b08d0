package dev.freshcut.coherentcache.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.coherentcache.model.TableChange.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvictionsTest {
  private static final String ITEMS = "public.items";
  private static final String SHOPS = "public.shops";

  private final CacheModel model = Models.model();

  @Test
  void createEvictsWhatTheNewRowNames() {
    assertThat(evicted(ITEMS, Kind.CREATE, null, item(7, "2026-11-20", 42)))
        .containsExactly("views:{7}:2026-11-20:42", "views:{7}:2026-11-20:any");
  }

  @Test
  void deleteEvictsWhatTheOldRowNames() {
    assertThat(evicted(ITEMS, Kind.DELETE, item(7, "2026-11-20", 42), null))
        .containsExactly("views:{7}:2026-11-20:42", "views:{7}:2026-11-20:any");
  }

  @Test
  void updateEvictsWhatBothRowsNameOnce() {
    Map<String, @Nullable Object> after = item(7, "2026-11-20", 43);
    after.put("state", "done");

    assertThat(evicted(ITEMS, Kind.UPDATE, item(7, "2026-11-20", 42), after))
        .containsExactly(
            "views:{7}:2026-11-20:42", "views:{7}:2026-11-20:any", "views:{7}:2026-11-20:43");
  }

  @Test
  void updateOfOtherColumnsEvictsNothing() {
    Map<String, @Nullable Object> after = item(7, "2026-11-20", 42);
    after.put("note", "nobody caches this");

    assertThat(evicted(ITEMS, Kind.UPDATE, item(7, "2026-11-20", 42), after)).isEmpty();
  }

  @Test
  void columnsThatCanOnlyBeComparedMatterToo() {
    Map<String, @Nullable Object> after = item(7, "2026-11-20", 42);
    after.put("seen", null);

    assertThat(evicted(ITEMS, Kind.UPDATE, item(7, "2026-11-20", 42), after)).hasSize(2);
  }

  @Test
  void boundColumnsMatterAlthoughTheRuleDoesNotListThem() {
    assertThat(evicted(ITEMS, Kind.UPDATE, item(7, "2026-11-20", 42), item(8, "2026-11-20", 42)))
        .containsExactly(
            "views:{7}:2026-11-20:42",
            "views:{7}:2026-11-20:any", "views:{8}:2026-11-20:42", "views:{8}:2026-11-20:any");
  }

  @Test
  void withoutColumnsEveryUpdateMatters() {
    assertThat(evicted(SHOPS, Kind.UPDATE, Map.of("id", 7), Map.of("id", 7)))
        .containsExactly("views:{7}:*:*", "hours:{7}:");
  }

  @Test
  void ruleReactsOnlyToItsOperations() {
    assertThat(evicted(SHOPS, Kind.CREATE, null, Map.of("id", 7))).isEmpty();
    assertThat(evicted(SHOPS, Kind.CREATE, null, null)).isEmpty();
  }

  @Test
  void truncateEvictsAllThatTheRulesReact() {
    CacheModel noTruncate =
        CacheModel.parse("m.yml", Models.with("[update, delete, truncate]", "[update, delete]"));

    assertThat(evicted(ITEMS, Kind.TRUNCATE, null, null)).containsExactly("views:*:*:*");
    assertThat(evicted(SHOPS, Kind.TRUNCATE, null, null))
        .containsExactly("views:*:*:*", "hours:*:");
    assertThat(noTruncate.evictionsFor(new TableChange(SHOPS, Kind.TRUNCATE, null, null)))
        .isEmpty();
    assertThat(noTruncate.everythingReachableFrom(SHOPS))
        .extracting(Pattern::text)
        .containsExactly("views:*:*:*", "hours:*:");
  }

  @Test
  void tablesWithoutRulesEvictNothing() {
    assertThat(evicted("public.other", Kind.DELETE, null, null)).isEmpty();
    assertThat(model.everythingReachableFrom("public.other")).isEmpty();
  }

  @Test
  void nullIsAValue() {
    Map<String, @Nullable Object> row = item(7, "2026-11-20", 42);
    row.put("owner", null);

    assertThat(evicted(ITEMS, Kind.CREATE, null, row))
        .containsExactly("views:{7}:2026-11-20:~", "views:{7}:2026-11-20:any");
  }

  @Test
  void literalsAreSpelledLikeTheVariablesValues() {
    CacheModel spelled =
        CacheModel.parse(
            "m.yml", Models.with("\"views:{shop}:{day}:any\"", "\"views:{shop}:{day}:007\""));

    assertThat(
            spelled.evictionsFor(
                new TableChange(ITEMS, Kind.CREATE, null, item(7, "2026-11-20", 42))))
        .anyMatch(pattern -> pattern.matches(spelled.family("views").key(7, "2026-11-20", "007")));
  }

  @Test
  void oldRowMustBeThere() {
    assertThatThrownBy(() -> evicted(ITEMS, Kind.UPDATE, null, item(7, "2026-11-20", 42)))
        .isInstanceOf(UnresolvableChangeException.class)
        .hasMessage(
            "a change to public.items comes without the old row, which a rule needs; run ALTER"
                + " TABLE public.items REPLICA IDENTITY FULL, so that changes carry the whole old"
                + " row");
  }

  @Test
  void oldRowMustBeComplete() {
    assertThatThrownBy(() -> evicted(ITEMS, Kind.DELETE, Map.of("shop", 7), null))
        .isInstanceOf(UnresolvableChangeException.class)
        .hasMessage(
            "a change to public.items has no column 'day' in its old row, which a rule needs; run"
                + " ALTER TABLE public.items REPLICA IDENTITY FULL, so that changes carry the whole"
                + " old row");
  }

  @Test
  void comparedColumnsMustBeThere() {
    Map<String, @Nullable Object> before = item(7, "2026-11-20", 42);
    before.remove("state");

    assertThatThrownBy(() -> evicted(ITEMS, Kind.UPDATE, before, item(7, "2026-11-20", 42)))
        .isInstanceOf(UnresolvableChangeException.class)
        .hasMessageStartingWith("a change to public.items has no column 'state' in its old row");
  }

  @Test
  void newRowMustBeComplete() {
    assertThatThrownBy(() -> evicted(ITEMS, Kind.CREATE, null, Map.of("shop", 7, "day", 1)))
        .isInstanceOf(UnresolvableChangeException.class)
        .hasMessage(
            "a change to public.items has no column 'owner' in its new row, which a rule needs;"
                + " correct the column's name in the cache model, or restore the column");
    assertThatThrownBy(() -> evicted(ITEMS, Kind.CREATE, null, null))
        .isInstanceOf(UnresolvableChangeException.class)
        .hasMessage("a change to public.items comes without the new row, which a rule needs");
  }

  @Test
  void valueMustBeOfTheDeclaredTypeAndIsNotPrinted() {
    assertThatThrownBy(() -> evicted(ITEMS, Kind.CREATE, null, item(7, "tomorrow", 42)))
        .isInstanceOf(UnresolvableChangeException.class)
        .hasMessage(
            "a change to public.items has a String in column 'day' of its new row, which is not the"
                + " date that the cache model declares; correct the type there");
  }

  private List<String> evicted(
      String table,
      Kind kind,
      @Nullable Map<String, ? extends @Nullable Object> before,
      @Nullable Map<String, ? extends @Nullable Object> after) {
    return model.evictionsFor(new TableChange(table, kind, before, after)).stream()
        .map(Pattern::text)
        .toList();
  }

  private static Map<String, @Nullable Object> item(int shop, String day, int owner) {
    Map<String, @Nullable Object> item = new HashMap<>();
    item.put("shop", shop);
    item.put("day", day);
    item.put("owner", owner);
    item.put("state", "new");
    item.put("seen", "2026-11-19T10:00:00Z");
    item.put("note", "");
    return item;
  }
}
