package dev.freshcut.bookingapi.waitinglist;

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
    between("offer", offer, Duration.ofMinutes(1), Duration.ofHours(24));
    between("sweep-interval", sweepInterval, Duration.ofMillis(100), Duration.ofMinutes(1));
    between("recheck-interval", recheckInterval, Duration.ofSeconds(10), Duration.ofHours(24));
  }

  private static void between(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "freshcut.booking.waiting-list.%s is %s, must be within %s and %s"
              .formatted(name, value, least, most));
    }
  }
}
