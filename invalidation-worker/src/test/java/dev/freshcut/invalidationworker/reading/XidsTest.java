package dev.freshcut.invalidationworker.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XidsTest {
  @ParameterizedTest
  @CsvSource({
    "1000, 1001, 1001",
    "1000, 999, 999",
    "4294967290, 5, 4294967301",
    "4294967301, 4294967290, 4294967290",
    "8589934597, 7, 8589934599",
    "8589934592, 4294967295, 8589934591",
    "5, 4294967295, 4294967295",
    "9007199254740991, 5, 9007194959773701",
  })
  void widensToTheNearest(long seen, long low, long wide) {
    Xids xids = new Xids();
    xids.saw(seen);
    assertThat(xids.widen(low)).isEqualTo(wide);
  }

  @Test
  void widensWhateverIsNear() {
    long seed = System.nanoTime();
    System.out.println("XidsTest.widensWhateverIsNear seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      long seen = random.nextLong(1L << 40);
      // Less than half an epoch away, on either side.
      long actual = Math.max(0, seen + random.nextLong((1L << 32) - 1) - (1L << 31) + 1);
      Xids xids = new Xids();
      xids.saw(seen);
      assertThat(xids.widen(actual & 0xFFFF_FFFFL)).as("seen %d", seen).isEqualTo(actual);
    }
  }

  @Test
  void knowsTheHighest() {
    Xids xids = new Xids();
    assertThat(xids.highest()).isEmpty();
    xids.saw(5);
    xids.saw(3);
    assertThat(xids.highest()).hasValue(5);
  }

  @Test
  void withoutAnyThereIsNothingToWidenAgainst() {
    assertThatThrownBy(() -> new Xids().widen(5))
        .isInstanceOf(XidUnknownException.class)
        .hasMessageContaining("freshcut.worker.initial-xid")
        .hasMessageContaining("pg_current_xact_id()");
  }
}
