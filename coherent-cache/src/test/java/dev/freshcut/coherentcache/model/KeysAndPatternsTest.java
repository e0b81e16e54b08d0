package dev.freshcut.coherentcache.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeysAndPatternsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);

  private final CacheModel model = Models.model();
  private final Family views = model.family("views");
  private final Family hours = model.family("hours");

  @Test
  void keyIsPrefixAndMember() {
    CacheKey key = views.key(7, DAY, 42);

    assertThat(key.text()).isEqualTo("views:{7}:2026-11-20:42");
    assertThat(key.keyPrefix()).isEqualTo("views:{7}:");
    assertThat(key.member()).isEqualTo("2026-11-20:42");
    assertThat(key.scope()).isEqualTo("7");
    assertThat(key.segments()).containsExactly("7", "2026-11-20", "42");
    assertThat(key.base().keyPrefix()).isEqualTo(key.keyPrefix());
  }

  @Test
  void memberIsEmptyWhereTheScopeIsTheOnlyVariable() {
    CacheKey key = hours.key(7);

    assertThat(key.text()).isEqualTo("hours:{7}:");
    assertThat(key.keyPrefix()).isEqualTo("hours:{7}:");
    assertThat(key.member()).isEmpty();
    assertThat(key.indexes()).containsExactly(key.base());
  }

  @Test
  void memberIsNeverAReservedOne() {
    assertThat(views.key(7, null, "any").member()).isEqualTo("~:any");
    CacheModel free =
        CacheModel.parse(
            "free.yml",
            """
            version: 1
            families:
              free: {key: "free:{a}:{b}", scope: a, ttl: 1m, ttl-only: true}
            """);

    assertThat(free.family("free").key("!", "@").text()).isEqualTo("free:{%21}:%40");
    assertThat(free.family("free").key("", "!").text()).isEqualTo("free:{~e}:%21");
  }

  @Test
  void entryIsIndexedUnderItsScopeAndUnderEachSetOfVariablesThatRulesBind() {
    assertThat(views.shapes()).containsExactly(Set.of("shop"), Set.of("shop", "day", "owner"));
    assertThat(views.key(7, DAY, 42).indexes())
        .extracting(Pattern::text)
        .containsExactly("views:{7}:*:*", "views:{7}:2026-11-20:42");
  }

  @Test
  void readersValuesAreConvertedLikeTheColumnsThatRulesBind() {
    assertThat(views.key("007", "2026-11-20Z", 42L)).isEqualTo(views.key(7, DAY, 42));
    assertThat(views.key(7, DAY, "any").text()).isEqualTo("views:{7}:2026-11-20:any");
    assertThat(views.key(null, null, null).text()).isEqualTo("views:{~}:~:~");
  }

  @Test
  void valuesThatNoRowCouldEvictAreRefused() {
    assertThatThrownBy(() -> views.key(7, 42, "Eve's"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "variable 'owner' of family 'views' is of type integer or one of [any], because rules"
                + " bind it to such columns; the value given is a String that is not: correct it,"
                + " or evict it as a literal in a rule");
    assertThatThrownBy(() -> views.key(7, true, 42))
        .hasMessageStartingWith("variable 'day' of family 'views' is of type date, because rules");
  }

  @Test
  void numberOfValuesMustFit() {
    assertThatThrownBy(() -> views.key(7, DAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("family 'views' takes 3 values [shop, day, owner], not 2");
    assertThatThrownBy(() -> hours.pattern(7, Pattern.ANY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("family 'hours' takes 1 values [shop], not 2");
  }

  @Test
  void patternSelectsKeysByItsBoundSegments() {
    CacheKey key = views.key(7, DAY, 42);

    assertThat(views.pattern(7, DAY, 42).matches(key)).isTrue();
    assertThat(views.pattern(7, Pattern.ANY, 42).matches(key)).isTrue();
    assertThat(views.pattern(7, Pattern.ANY, Pattern.ANY).matches(key)).isTrue();
    assertThat(views.everything().matches(key)).isTrue();
    assertThat(views.pattern(7, DAY, 43).matches(key)).isFalse();
    assertThat(views.pattern(8, Pattern.ANY, Pattern.ANY).matches(key)).isFalse();
    assertThat(views.pattern(7, Pattern.ANY, null).matches(key)).isFalse();
    assertThat(hours.everything().matches(key)).isFalse();
  }

  @Test
  void patternNamesItsIndex() {
    Pattern pattern = views.pattern(7, DAY, Pattern.ANY);

    assertThat(pattern.text()).isEqualTo("views:{7}:2026-11-20:*").isEqualTo(pattern.toString());
    assertThat(pattern.segments()).containsExactly("7", "2026-11-20", null);
    assertThat(pattern.keyPrefix()).isEqualTo("views:{7}:");
    assertThat(pattern.scope()).isEqualTo("7");
    assertThat(pattern.base()).isEqualTo(views.pattern(7, Pattern.ANY, Pattern.ANY));
    assertThat(pattern.reachesEveryScope()).isFalse();
  }

  @Test
  void shapeIsKnownIfEntriesBelongToSuchAnIndex() {
    assertThat(views.pattern(7, DAY, 42).shapeIsKnown()).isTrue();
    assertThat(views.pattern(7, Pattern.ANY, Pattern.ANY).shapeIsKnown()).isTrue();
    assertThat(views.pattern(7, DAY, Pattern.ANY).shapeIsKnown()).isFalse();
    assertThat(views.everything().shapeIsKnown()).isFalse();
  }

  @Test
  void patternOfEveryScopeHasNoIndex() {
    Pattern everything = views.everything();

    assertThat(everything.reachesEveryScope()).isTrue();
    assertThat(everything.scope()).isNull();
    assertThat(everything.text()).isEqualTo("views:*:*:*");
    assertThatThrownBy(everything::base)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("views:*:*:* reaches every scope; ask for one scope at a time");
    assertThatThrownBy(everything::keyPrefix).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> views.pattern(Pattern.ANY, DAY, Pattern.ANY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a pattern of family 'views' that leaves the scope 'shop' open must leave all variables"
                + " open");
  }

  @Test
  void equalityIsByValueAlsoAcrossModelsThatSayTheSame() {
    Family same = CacheModel.parse("copy.yml", "# copy\n" + Models.YAML).family("views");
    Family other = CacheModel.parse("other.yml", Models.with("ttl: 5m", "ttl: 6m")).family("views");

    assertThat(same).isEqualTo(views).hasSameHashCodeAs(views);
    assertThat(same.key(7, DAY, 42))
        .isEqualTo(views.key(7, DAY, 42))
        .hasSameHashCodeAs(views.key(7, DAY, 42));
    assertThat(same.pattern(7, DAY, Pattern.ANY))
        .isEqualTo(views.pattern(7, DAY, Pattern.ANY))
        .hasSameHashCodeAs(views.pattern(7, DAY, Pattern.ANY));
    assertThat(other).isNotEqualTo(views);
    assertThat(other.key(7, DAY, 42)).isNotEqualTo(views.key(7, DAY, 42));
    assertThat(other.pattern(7, DAY, 42)).isNotEqualTo(views.pattern(7, DAY, 42));
    assertThat(views.key(7, DAY, 42)).isNotEqualTo(views.key(7, DAY, 43));
    assertThat(views.pattern(7, DAY, null)).isNotEqualTo(views.pattern(7, DAY, Pattern.ANY));
  }

  @Test
  void equalHashesAreNotEnough() {
    String yaml =
        """
        version: 1
        families:
          c-: {key: "c-:{a}:{b}", scope: a, ttl: 1m, ttl-only: true}
          ak: {key: "ak:{a}:{b}", scope: a, ttl: 1m, ttl-only: true}
        """;
    Family first = CacheModel.parse("collisions.yml", yaml).family("c-");
    Family second = CacheModel.parse("collisions.yml", yaml).family("ak");

    assertThat(first).hasSameHashCodeAs(second).isNotEqualTo(second);
    assertThat(first.pattern(7, "Aa"))
        .hasSameHashCodeAs(first.pattern(7, "BB"))
        .isNotEqualTo(first.pattern(7, "BB"))
        .hasSameHashCodeAs(second.pattern(7, "Aa"))
        .isNotEqualTo(second.pattern(7, "Aa"));
  }
}
