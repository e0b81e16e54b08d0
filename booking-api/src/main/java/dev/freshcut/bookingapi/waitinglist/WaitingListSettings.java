package dev.freshcut.bookingapi.waitinglist;

import dev.freshcut.bookingapi.Bounds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How time that became free is offered.
 *
 * @param offer how long it is held for whom it is offered to, 1 min to 24 h, but never beyond the
 *     beginning of the appointment
 * @param sweepInterval how often changes are looked at, 100 ms to 1 min
 * @param recheckInterval how often all locations where somebody waits are looked at, as the horizon
 *     moves without any change; 10 s to 24 h
 */
@ConfigurationProperties("freshcut.booking.waiting-list")
record WaitingListSettings(
    @DefaultValue("30m") Duration offer,
    @DefaultValue("2s") Duration sweepInterval,
    @DefaultValue("10m") Duration recheckInterval) {

  WaitingListSettings {
    Bounds.between(
        "freshcut.booking.waiting-list.offer", offer, Duration.ofMinutes(1), Duration.ofHours(24));
    Bounds.between(
        "freshcut.booking.waiting-list.sweep-interval",
        sweepInterval,
        Duration.ofMillis(100),
        Duration.ofMinutes(1));
    Bounds.between(
        "freshcut.booking.waiting-list.recheck-interval",
        recheckInterval,
        Duration.ofSeconds(10),
        Duration.ofHours(24));
  }
}
