package dev.freshcut.bookingapi.slot;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * When it is that time by the clock on a location's wall: the one rule for hours, occurrences of
 * series and windows of the waiting list.
 */
public final class WallClock {
  private WallClock() {}

  /** A time that the clock jumps over is the jump; of one that it shows twice, the first. */
  public static Instant at(LocalDateTime local, ZoneId zone) {
    ZoneOffsetTransition transition = zone.getRules().getTransition(local);
    return transition != null && transition.isGap()
        ? transition.getInstant()
        : local.atZone(zone).toInstant(); // in an overlap: the earlier
  }
}
