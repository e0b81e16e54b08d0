package dev.freshcut.notificationworker.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a queue rests while its provider is away: 15 s, then twice as long each time, up to a
 * longest. Jobs that failed side by side count as one time. Safe for use by many threads.
 */
final class Outages {
  private static final Duration FIRST = Duration.ofSeconds(15);

  private final Clock clock;
  private final Duration longest;
  private Duration next = FIRST;
  private Instant until = Instant.MIN;

  Outages(Clock clock, Duration longest) {
    this.clock = clock;
    this.longest = longest;
  }

  /** The provider could not be reached. */
  synchronized Duration failed() {
    Instant now = clock.instant();
    if (now.isBefore(until)) {
      return Duration.between(now, until).plusMillis(1);
    }
    Duration pause = next;
    until = now.plus(pause);
    Duration doubled = pause.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    return pause;
  }

  /** The provider answered. */
  synchronized void answered() {
    next = FIRST;
    until = Instant.MIN;
  }
}
