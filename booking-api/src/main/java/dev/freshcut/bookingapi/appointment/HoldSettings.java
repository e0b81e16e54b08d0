package dev.freshcut.bookingapi.appointment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a time is kept for somebody who has not booked it yet.
 *
 * @param duration of a hold, 10 s to 1 h
 * @param sweepInterval how often holds that are over are looked for, 100 ms to 1 min; until then
 *     their time is not offered, though whoever asks for it gets it
 * @param perUser how many a user may have at a time, 1 to 100
 */
@ConfigurationProperties("freshcut.booking.holds")
record HoldSettings(
    @DefaultValue("10m") Duration duration,
    @DefaultValue("2s") Duration sweepInterval,
    @DefaultValue("5") int perUser) {

  HoldSettings {
    between("duration", duration, Duration.ofSeconds(10), Duration.ofHours(1));
    between("sweep-interval", sweepInterval, Duration.ofMillis(100), Duration.ofMinutes(1));
    if (perUser < 1 || perUser > 100) {
      throw new IllegalArgumentException(
          "freshcut.booking.holds.per-user is %d, must be within 1 and 100".formatted(perUser));
    }
  }

  private static void between(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "freshcut.booking.holds.%s is %s, must be within %s and %s"
              .formatted(name, value, least, most));
    }
  }
}
