package dev.freshcut.coherentcache.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTextTest {
  private static final CacheModel MODEL =
      CacheModel.parse(
          "model.yml",
          """
          version: 1
          tables:
            public.items:
              shop: text
              owner: integer
          families:
            views:
              key: "views:{shop}:{owner}"
              scope: shop
              ttl: 5m
            hours:
              key: "hours:{shop}"
              scope: shop
              ttl: 5m
          rules:
            - table: public.items
              evict: ["views:{shop}:*", "hours:{shop}"]
          """);

  @Test
  void everyPatternComesBackFromItsText() {
    Family views = MODEL.family("views");
    Family hours = MODEL.family("hours");
    for (Pattern pattern :
        List.of(
            views.pattern("a:b {*}", 5),
            views.pattern("", Pattern.ANY),
            views.pattern(null, 7),
            views.everything(),
            hours.pattern("~"),
            hours.everything())) {
      assertThat(MODEL.pattern(pattern.text())).as(pattern.text()).contains(pattern);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "views",
        "views:",
        "views:{7}",
        "views:{7}:",
        "views:7:5",
        "views:{7}:{5}",
        "views:{7}:5:5",
        "views:{}:5",
        "views:{7}:5*",
        "views:*:5",
        "hours:{7}",
        "hours:{7}:5",
        "other:{7}:5"
      })
  void whatIsNoPatternOfTheModelIsRefused(String text) {
    assertThat(MODEL.pattern(text)).isEmpty();
  }
}
