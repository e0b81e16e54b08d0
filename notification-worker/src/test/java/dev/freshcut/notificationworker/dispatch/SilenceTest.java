package dev.freshcut.notificationworker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.jobstreams.memory.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-06-01T10:00:00Z"));
  private final Silence silence = new Silence(clock);

  private Optional<Duration> tried(String id) {
    assertThat(silence.begin()).isEmpty();
    try {
      return silence.unanswered(id);
    } finally {
      silence.end();
    }
  }

  private void answered(String id) {
    assertThat(silence.begin()).as(id).isEmpty();
    silence.answered();
    silence.end();
  }

  @Test
  void theThirdInARowIsNoMessagesFailure() {
    assertThat(tried("a")).isEmpty();
    assertThat(tried("b")).isEmpty();
    assertThat(tried("c")).contains(Duration.ofSeconds(15));
  }

  @Test
  void anAnswerBeginsAnew() {
    tried("a");
    tried("a");
    answered("b");
    assertThat(tried("a")).isEmpty();
    assertThat(tried("a")).isEmpty();
    clock.advance(tried("a").orElseThrow());
    assertThat(tried("a")).contains(Duration.ofSeconds(30));
    answered("b");
    assertThat(tried("a")).isEmpty();
  }

  @Test
  void pausesGrowUpToAQuarterOfAnHour() {
    tried("a");
    tried("b");
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Duration pause = tried("m" + i).orElseThrow();
      pauses.add(pause.toSeconds());
      clock.advance(pause);
    }
    assertThat(pauses).containsExactly(15L, 30L, 60L, 120L, 240L, 480L, 900L, 900L, 900L);
  }

  @Test
  void oneAtATimeTriesASilentProvider() {
    assertThat(silence.begin()).isEmpty();
    assertThat(silence.begin()).as("not silent yet").isEmpty();
    silence.unanswered("a");
    silence.unanswered("b");
    silence.unanswered("c");
    assertThat(silence.begin()).isPresent();
    silence.end();
    assertThat(silence.begin()).as("one is still under way").isPresent();
    silence.end();
    assertThat(silence.begin()).isEmpty();
    assertThat(silence.begin()).isPresent();
    silence.answered();
    assertThat(silence.begin()).isEmpty();
  }

  /** Each time it may have been taken. */
  @Test
  void oneMessageIsNotHandedOverForEver() {
    tried("a");
    tried("a");
    Duration all = Duration.ZERO;
    for (int i = 0; i < Silence.MOST_TRIES; i++) {
      Duration pause = tried("a").orElseThrow();
      clock.advance(pause);
      all = all.plus(pause);
    }
    assertThat(all).isGreaterThan(Duration.ofHours(1));
    assertThat(tried("a")).isEmpty();
    assertThat(tried("b")).as("another one").isPresent();
  }
}
