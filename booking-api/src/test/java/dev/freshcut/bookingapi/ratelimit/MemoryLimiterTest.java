package dev.freshcut.bookingapi.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryLimiterTest extends LimiterContract {
  @Override
  Limiter limiter() {
    return new MemoryLimiter(1_000, clock);
  }

  @Test
  void leastRecentlyUsedIsForgotten() {
    Limiter limiter = new MemoryLimiter(2, clock);
    Quota once = new Quota(1, 1, 1);
    limiter.take("a", once);
    limiter.take("b", once);
    limiter.take("a", once);
    limiter.take("c", once);

    assertThat(limiter.take("a", once).allowed()).isFalse();
    assertThat(limiter.take("b", once).allowed()).isTrue();
  }
}
