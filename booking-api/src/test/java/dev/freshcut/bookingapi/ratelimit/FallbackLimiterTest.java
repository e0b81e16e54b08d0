package dev.freshcut.bookingapi.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FallbackLimiterTest {
  private static final Quota QUOTA = new Quota(2, 10, 10);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final SetClock clock = new SetClock();
  private final Limiter memory = new MemoryLimiter(100, clock);
  private boolean away;
  private boolean contended;
  private int calls;

  private final Limiter shared =
      new Limiter() {
        @Override
        public Verdict take(String key, Quota quota) {
          reach();
          return memory.take(key, quota);
        }

        @Override
        public Duration pause(String key, Quota quota) {
          reach();
          return memory.pause(key, quota);
        }

        @Override
        public void giveBack(String key, Quota quota) {
          reach();
          memory.giveBack(key, quota);
        }
      };

  private final FallbackLimiter limiter =
      new FallbackLimiter(shared, new MemoryLimiter(100, clock), PAUSE, clock);

  private void reach() {
    calls++;
    if (contended) {
      throw new Contention();
    }
    if (away) {
      throw new IllegalStateException("away");
    }
  }

  @Test
  void limitsGoOnWhileTheOthersAreAway() {
    away = true;

    assertThat(limiter.take("a", QUOTA).allowed()).isTrue();
    assertThat(limiter.take("a", QUOTA).allowed()).isTrue();
    assertThat(limiter.take("a", QUOTA).allowed()).isFalse();
    assertThat(limiter.take("b", QUOTA).allowed()).isTrue();
  }

  @Test
  void callerWhoAsksTooOftenAtOnceIsRefusedAndBeginsNoNewQuota() {
    contended = true;

    Verdict verdict = limiter.take("a", QUOTA);

    assertThat(verdict.allowed()).isFalse();
    assertThat(verdict.remaining()).containsExactly(0L, 0L, 0L);
    assertThat(verdict.pause()).isEqualTo(Duration.ofSeconds(1));
    contended = false;
    limiter.take("a", QUOTA);
    assertThat(calls).as("Redis goes on being asked").isEqualTo(2);
  }

  @Test
  void pauseIsOfWhoeverCounts() {
    limiter.take("a", QUOTA);
    limiter.take("a", QUOTA);
    assertThat(limiter.pause("a", QUOTA)).isEqualTo(Duration.ofSeconds(30));
    contended = true;
    assertThat(limiter.pause("a", QUOTA)).isEqualTo(Duration.ofSeconds(1));
    contended = false;

    away = true;

    assertThat(limiter.pause("a", QUOTA)).isZero();
  }

  @Test
  void oneRequestInAWhileTriesAgain() {
    away = true;
    limiter.take("a", QUOTA);
    limiter.take("a", QUOTA);
    assertThat(calls).isEqualTo(1);

    clock.pass(PAUSE);
    limiter.take("a", QUOTA);
    limiter.take("a", QUOTA);
    assertThat(calls).isEqualTo(2);

    away = false;
    clock.pass(PAUSE);
    limiter.take("c", QUOTA);
    limiter.take("c", QUOTA);
    assertThat(calls).isEqualTo(4);
    assertThat(limiter.take("c", QUOTA).allowed()).isFalse();
  }

  @Test
  void whatIsGivenBackWhileTheOthersAreAwayGoesOnCountingWithThem() {
    limiter.take("a", QUOTA);
    limiter.take("a", QUOTA);
    away = true;

    limiter.giveBack("a", QUOTA);
    assertThat(limiter.take("a", QUOTA).allowed()).as("the first of this instance").isTrue();
    limiter.giveBack("a", QUOTA);
    assertThat(calls).as("no longer asked").isEqualTo(3);

    away = false;
    clock.pass(PAUSE);
    assertThat(limiter.take("a", QUOTA).allowed()).isFalse();
    contended = true;
    limiter.giveBack("a", QUOTA);
    contended = false;
    assertThat(limiter.take("a", QUOTA).allowed()).isFalse();
    limiter.giveBack("a", QUOTA);
    assertThat(limiter.take("a", QUOTA).allowed()).isTrue();
  }
}
