package dev.freshcut.coherentcache.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.Consistency;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.CacheModel;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.type.TypeReference;

class CoherentCachedTest {
  private final RecordingCache cache = new RecordingCache();
  private final AnnotationConfigApplicationContext context = context(cache);
  private final Shop shop = context.getBean(Shop.class);

  @Test
  void argumentsAreTheVariablesByNameInAnyOrder() {
    assertThat(shop.items("a", LocalDate.of(2026, 11, 20), 7)).containsExactly(1, 2);

    assertThat(cache.keys).containsExactly("items:{7}:2026-11-20:a");
    assertThat(cache.consistencies).containsExactly(Consistency.EVENTUAL);
    assertThat(cache.types).containsExactly("java.util.List<java.lang.Integer>");
  }

  @Test
  void consistencyIsPassedOn() {
    shop.itemsAtLeast(7, LocalDate.of(2026, 11, 20), "a", Consistency.atLeast(5));

    assertThat(cache.consistencies).containsExactly(Consistency.atLeast(5));
  }

  @Test
  void methodWhoseParametersAreNotTheVariablesIsRefused() {
    assertThatThrownBy(() -> shop.wrong(7))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "its parameters [shop] must be the variables [shop, day, shelf_name]");
  }

  @Test
  void annotationOfAnInterfaceCounts() {
    assertThat(context.getBean(Prices.class).price(7, LocalDate.of(2026, 11, 20), "a"))
        .isEqualTo(5);

    assertThat(cache.keys).containsExactly("items:{7}:2026-11-20:a");
  }

  @Test
  void methodOfAnUnknownFamilyIsRefused() {
    assertThatThrownBy(() -> shop.unknown(7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing");
  }

  @Test
  void methodWithoutTheAnnotationIsLeftAlone() {
    assertThat(shop.plain()).isEqualTo("plain");
    assertThat(cache.keys).isEmpty();
  }

  private static AnnotationConfigApplicationContext context(CoherentCache cache) {
    AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    context.registerBean(CoherentCache.class, () -> cache);
    context.register(Application.class);
    context.refresh();
    return context;
  }

  @EnableCoherentCaching
  @Configuration(proxyBeanMethods = false)
  static class Application {
    @Bean
    CacheModel model() {
      return CacheModel.parse(
          "test.yml",
          """
          version: 1
          tables:
            public.items: {shop: integer}
          families:
            items:
              key: "items:{shop}:{day}:{shelf_name}"
              scope: shop
              ttl: 5m
          rules:
            - table: public.items
              evict: ["items:{shop}:*:*"]
          """);
    }

    @Bean
    Prices prices() {
      return new Prices() {
        @Override
        public int price(int shop, LocalDate day, String shelfName) {
          return 5;
        }
      };
    }

    @Bean
    Shop shop() {
      return new Shop();
    }
  }

  interface Prices {
    @CoherentCached("items")
    int price(int shop, LocalDate day, String shelfName);
  }

  static class Shop {
    @CoherentCached("items")
    List<Integer> items(String shelfName, LocalDate day, int shop) {
      return List.of(1, 2);
    }

    @CoherentCached("items")
    List<Integer> itemsAtLeast(int shop, LocalDate day, String shelfName, Consistency consistency) {
      return List.of();
    }

    @CoherentCached("items")
    String wrong(int shop) {
      return "";
    }

    @CoherentCached("nothing")
    String unknown(int shop) throws IOException {
      return "";
    }

    String plain() {
      return "plain";
    }
  }

  /** Remembers what it is asked, and calls the loader. */
  private static final class RecordingCache implements CoherentCache {
    private final List<String> keys = new ArrayList<>();
    private final List<Consistency> consistencies = new ArrayList<>();
    private final List<String> types = new ArrayList<>();

    @Override
    public Optional<Answer.Cause> bypassing() {
      return Optional.empty();
    }

    @Override
    public <T extends @Nullable Object> List<Answer<T>> getAll(
        List<CacheKey> several, TypeReference<T> type, Consistency consistency, Loader<T> loader) {
      throw new AssertionError("a method has one key");
    }

    @Override
    public <T extends @Nullable Object> Answer<T> get(
        CacheKey key,
        TypeReference<T> type,
        Consistency consistency,
        Callable<? extends T> loader) {
      keys.add(key.text());
      consistencies.add(consistency);
      types.add(type.getType().getTypeName());
      try {
        return new Answer<>(loader.call(), new Answer.Source.Hit(), Duration.ZERO, null);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
