package dev.freshcut.notificationworker.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.memory.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T10:00:00Z"));
  private final Turns turns = new Turns(clock);

  private void fill(long webhook) {
    for (int i = 0; i < Turns.AT_ONCE; i++) {
      assertThat(turns.begin(webhook)).isEmpty();
    }
  }

  private List<Long> waits(int count) {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      waits.add(turns.begin(1).orElseThrow().toMillis());
    }
    return waits;
  }

  @Test
  void soManyAtOnceAndOthersAreNotConcerned() {
    fill(1);
    assertThat(turns.begin(1)).isPresent();
    fill(2);
    turns.end(1, Duration.ofMillis(100));
    assertThat(turns.begin(1)).isEmpty();
    assertThat(turns.begin(1)).isPresent();
  }

  /** Of a hundred that wait not all come at the same time, to find that there is room for eight. */
  @Test
  void thoseThatWaitComeAsTheLastOnesWent() {
    fill(1);
    for (int i = 0; i < 20; i++) {
      turns.end(1, Duration.ofSeconds(8));
      assertThat(turns.begin(1)).isEmpty();
    }
    assertThat(waits(3))
        .satisfiesExactly(
            one -> near(one, 1_000), two -> near(two, 2_000), three -> near(three, 3_000));
    clock.advance(Duration.ofSeconds(2));
    assertThat(waits(1)).satisfiesExactly(one -> near(one, 2_000));
    assertThat(waits(100).getLast()).as("not too far ahead").isEqualTo(60_000);
  }

  private static void near(long millis, long expected) {
    assertThat(millis).isBetween(expected - 20, expected + 20);
  }

  @Test
  void fastOnesHardlyWait() {
    fill(1);
    for (int i = 0; i < 20; i++) {
      turns.end(1, Duration.ofMillis(40));
      assertThat(turns.begin(1)).isEmpty();
    }
    assertThat(waits(100).getLast()).isBetween(450L, 600L);
    for (int i = 0; i < 20; i++) {
      turns.end(1, Duration.ZERO);
      assertThat(turns.begin(1)).isEmpty();
    }
    clock.advance(Duration.ofSeconds(1));
    assertThat(waits(1)).as("no shorter wait is one").containsExactly(1L);
  }

  @Test
  void whatIsOverIsForgotten() {
    fill(1);
    waits(100);
    for (int i = 0; i < Turns.AT_ONCE; i++) {
      turns.end(1, Duration.ofMillis(1));
    }
    fill(1);
  }
}
