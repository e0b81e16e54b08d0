package dev.freshcut.bookingapi.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What holds wherever requests are counted. */
abstract class LimiterContract {
  private static final Quota QUOTA = new Quota(3, 6, 8);
  private static final Duration THIRD = Duration.ofSeconds(20);

  final SetClock clock = new SetClock();

  abstract Limiter limiter();

  @Test
  void quotaIsThereAtOnceAndThenComesBackEvenly() {
    Limiter limiter = limiter();
    assertThat(limiter.take("a", QUOTA).remaining()).containsExactly(2L, 5L, 7L);
    assertThat(limiter.take("a", QUOTA).allowed()).isTrue();
    assertThat(limiter.take("a", QUOTA).remaining()).containsExactly(0L, 3L, 5L);

    Verdict refused = limiter.take("a", QUOTA);

    assertThat(refused.allowed()).isFalse();
    assertThat(refused.pause()).isEqualTo(THIRD);
  }

  @Test
  void pauseIsTheTrueRemainingTime() {
    Limiter limiter = limiter();
    exhaustMinute(limiter);
    clock.pass(Duration.ofMillis(12_345));
    assertThat(limiter.take("a", QUOTA).pause()).isEqualTo(Duration.ofMillis(20_000 - 12_345));

    clock.pass(Duration.ofMillis(20_000 - 12_345 - 1));
    assertThat(limiter.take("a", QUOTA).allowed()).isFalse();
    clock.pass(Duration.ofMillis(1));
    assertThat(limiter.take("a", QUOTA).allowed()).isTrue();
    assertThat(limiter.take("a", QUOTA).allowed()).isFalse();
  }

  @Test
  void askingForThePauseCountsNothing() {
    Limiter limiter = limiter();
    for (int i = 0; i < 10; i++) {
      assertThat(limiter.pause("a", QUOTA)).isZero();
    }
    exhaustMinute(limiter);
    clock.pass(Duration.ofSeconds(1));

    assertThat(limiter.pause("a", QUOTA)).isEqualTo(THIRD.minusSeconds(1));
    assertThat(limiter.pause("b", QUOTA)).isZero();
  }

  @Test
  void refusedRequestsDoNotCount() {
    Limiter limiter = limiter();
    exhaustMinute(limiter);
    for (int i = 0; i < 50; i++) {
      assertThat(limiter.take("a", QUOTA).allowed()).isFalse();
    }

    clock.pass(THIRD);

    assertThat(limiter.take("a", QUOTA).allowed()).isTrue();
  }

  @Test
  void longerWindowsHoldToo() {
    Limiter limiter = limiter();
    exhaustMinute(limiter);
    clock.pass(Duration.ofMinutes(1));
    exhaustMinute(limiter);
    clock.pass(Duration.ofMinutes(1));

    // Six in the first two minutes; the hour gives one back every ten.
    Verdict ofHour = limiter.take("a", QUOTA);
    assertThat(ofHour.allowed()).isFalse();
    assertThat(ofHour.pause()).isEqualTo(Duration.ofMinutes(8));

    clock.pass(Duration.ofMinutes(20));
    assertThat(limiter.take("a", QUOTA).allowed()).isTrue();
    assertThat(limiter.take("a", QUOTA).allowed()).isTrue();
    // Eight: the day gives one back every three hours.
    clock.pass(Duration.ofMinutes(60));
    Verdict ofDay = limiter.take("a", QUOTA);
    assertThat(ofDay.allowed()).isFalse();
    assertThat(ofDay.pause()).isEqualTo(Duration.ofMinutes(180 - 82));
  }

  @Test
  void whatIsGivenBackCanBeTakenAgainAndNoMore() {
    Limiter limiter = limiter();
    exhaustMinute(limiter);

    limiter.giveBack("a", QUOTA);

    assertThat(limiter.take("a", QUOTA).remaining()).containsExactly(0L, 3L, 5L);
    assertThat(limiter.take("a", QUOTA).allowed()).isFalse();
    limiter.giveBack("b", QUOTA);
    assertThat(limiter.take("b", QUOTA).remaining()).containsExactly(2L, 5L, 7L);
  }

  @Test
  void quotaOfWindowsComesBackAllAtOnce() {
    Limiter limiter = limiter();
    Quota quota = Quota.atOnce(3, 4, 8);
    limiter.take("a", quota);
    clock.pass(Duration.ofSeconds(40));
    limiter.take("a", quota);
    limiter.take("a", quota);

    assertThat(limiter.take("a", quota).pause()).isEqualTo(THIRD);
    clock.pass(THIRD);

    assertThat(limiter.take("a", quota).remaining()).containsExactly(2L, 0L, 4L);
    assertThat(limiter.take("a", quota).pause()).isEqualTo(Duration.ofMinutes(59));
  }

  @Test
  void callersDoNotShare() {
    Limiter limiter = limiter();
    exhaustMinute(limiter);

    assertThat(limiter.take("b", QUOTA).allowed()).isTrue();
  }

  private static void exhaustMinute(Limiter limiter) {
    for (int i = 0; i < 3; i++) {
      assertThat(limiter.take("a", QUOTA).allowed()).isTrue();
    }
  }
}
