package dev.freshcut.invalidationworker.consuming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StartTest {
  private static Start decide(OptionalLong stored) {
    return Start.decide(stored, 10, 20, 100_000, 4_000);
  }

  @Test
  void atTheStoredPositionIfKafkaHasIt() {
    for (long offset : new long[] {10, 15, 20}) {
      assertThat(decide(OptionalLong.of(offset))).isEqualTo(new Start.Stored(offset));
    }
  }

  @Test
  void atTheBeginningAfterALoss() {
    assertThat(decide(OptionalLong.of(9)))
        .isEqualTo(new Start.Lost(10, "Kafka has deleted offsets 9 to 9 unread"));
    assertThat(decide(OptionalLong.of(21)))
        .isInstanceOfSatisfying(
            Start.Lost.class,
            lost -> {
              assertThat(lost.begin()).isEqualTo(10);
              assertThat(lost.reason()).contains("ends at offset 20, before position 21");
            });
  }

  @Test
  void atTheTimeWhenRedisWasEmptyLastIfThereIsNoPosition() {
    assertThat(decide(OptionalLong.empty())).isEqualTo(new Start.Since(96_000));
  }
}
