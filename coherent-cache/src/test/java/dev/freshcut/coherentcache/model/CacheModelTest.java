package dev.freshcut.coherentcache.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.coherentcache.model.TableChange.Kind;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheModelTest {
  private static final CacheModel MODEL =
      CacheModel.parse(
          "model.yml",
          """
          version: 1
          tables:
            public.items:
              shop: integer
              day: date
              owner: integer
              state: text
          families:
            views:
              key: "views:{shop}:{day}:{owner}"
              scope: shop
              ttl: 5m
          rules:
            - table: public.items
              columns: [state]
              evict: ["views:{shop}:{day}:{owner}", "views:{shop}:{day}:any"]
          """);

  @Test
  void evictsWhatOldAndNewImageName() {
    Map<String, Object> before =
        Map.of("shop", 7, "day", "2026-11-20Z", "owner", 42, "state", "new");
    Map<String, Object> after =
        Map.of("shop", 7, "day", "2026-11-21Z", "owner", 42, "state", "new");

    assertThat(MODEL.evictionsFor(new TableChange("public.items", Kind.UPDATE, before, after)))
        .extracting(Pattern::text)
        .containsExactly(
            "views:{7}:2026-11-20:42",
            "views:{7}:2026-11-20:any", "views:{7}:2026-11-21:42", "views:{7}:2026-11-21:any");
  }

  @Test
  void readerAndRulesNameTheSameEntry() {
    CacheKey key = MODEL.family("views").key(7, LocalDate.of(2026, 11, 20), "any");

    assertThat(key.text()).isEqualTo("views:{7}:2026-11-20:any");
    assertThat(key.indexes())
        .extracting(Pattern::text)
        .containsExactly("views:{7}:*:*", "views:{7}:2026-11-20:any");
  }
}
