package dev.freshcut.invalidationworker.consuming;

import static dev.freshcut.invalidationworker.consuming.TestModel.ITEMS_0;
import static dev.freshcut.invalidationworker.consuming.TestModel.ITEMS_1;
import static dev.freshcut.invalidationworker.consuming.TestModel.MODEL;
import static dev.freshcut.invalidationworker.consuming.TestModel.items;
import static dev.freshcut.invalidationworker.consuming.TestModel.total;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwedTest {
  private static final Duration SKEW = Duration.ofMinutes(1);

  @Test
  void comesBackFromItsNameAndValue() {
    for (Owed owed :
        List.of(
            Owed.heldBack(ITEMS_0, total(1), 9, 2000),
            Owed.again(ITEMS_0, null, 9, 2000),
            Owed.again(ITEMS_0, items(3), 9, 2000),
            Owed.xidUnknown(ITEMS_0, items(3), 2000, SKEW),
            Owed.xidUnknown(ITEMS_0, MODEL.family("items").everything(), 2000, SKEW),
            Owed.xidUnknown(ITEMS_0, null, 2000, SKEW))) {
      assertThat(Owed.isName(owed.name())).isTrue();
      assertThat(Owed.isNameFrom(ITEMS_0, owed.name())).isTrue();
      assertThat(Owed.isNameFrom(ITEMS_1, owed.name())).isFalse();
      assertThat(Owed.parse(ITEMS_0, owed.name(), owed.value(), MODEL)).contains(owed);
    }
  }

  @Test
  void aFloodOfUnknownTransactionsIsAFewEvictions() {
    assertThat(Owed.xidUnknown(ITEMS_0, null, 1_001, Duration.ZERO))
        .isEqualTo(Owed.xidUnknown(ITEMS_0, null, 1_999, Duration.ZERO));
    assertThat(Owed.xidUnknown(ITEMS_0, null, 1_999, Duration.ZERO).due()).isEqualTo(2_000);
    assertThat(Owed.xidUnknown(ITEMS_0, null, 2_000, Duration.ZERO).due()).isEqualTo(3_000);
  }

  /** What was committed while the database's clock was ahead lies before the due time as well. */
  @Test
  void anUnknownTransactionIsDueByAClockThatMayBeAhead() {
    assertThat(Owed.xidUnknown(ITEMS_0, null, 1_500, SKEW).due()).isEqualTo(62_000);
  }

  @ParameterizedTest
  @CsvSource({
    "later:p.public.items-0:h9:gone:{1}:5, 2000",
    "later:p.public.items-0:x9:*, 2000",
    "later:p.public.items-0:h:*, 2000",
    "later:p.public.items-0:hx:*, 2000",
    "later:p.public.items-0:, 2000",
    "later:p.public.items-0:h9:*, soon",
  })
  void whatThisVersionDoesNotKnowIsNotGuessed(String name, String value) {
    assertThat(Owed.parse(ITEMS_0, name, value, MODEL)).isEmpty();
  }

  @Test
  void aPositionIsNoneOfThem() {
    assertThat(Owed.isName(Positions.name(ITEMS_0))).isFalse();
    assertThat(Owed.isName(Positions.BEGAN)).isFalse();
  }
}
