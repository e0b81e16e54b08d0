package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.Bounds;
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
    Bounds.between(
        "freshcut.booking.holds.duration", duration, Duration.ofSeconds(10), Duration.ofHours(1));
    Bounds.between(
        "freshcut.booking.holds.sweep-interval",
        sweepInterval,
        Duration.ofMillis(100),
        Duration.ofMinutes(1));
    Bounds.between("freshcut.booking.holds.per-user", perUser, 1, 100);
  }
}
