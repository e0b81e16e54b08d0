package dev.freshcut.notificationworker.dispatch;

import dev.freshcut.notificationworker.timing.QuietHours;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Whether what was delayed has come into quiet hours. */
public final class Disturbance {
  /** What was planned for the last minute before quiet hours may take this long. */
  private static final Duration TOLERANCE = Duration.ofMinutes(30);

  private Disturbance() {}

  /** How long to wait so that nobody is disturbed; empty if nobody is. */
  public static Optional<Duration> at(Instant now, QuietHours quiet, ZoneId zone) {
    return quiet.contains(now, zone) && quiet.contains(now.minus(TOLERANCE), zone)
        ? Optional.of(Duration.between(now, quiet.endAfter(now, zone)))
        : Optional.empty();
  }
}
