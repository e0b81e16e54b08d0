package dev.freshcut.bookingapi.slot;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is cached: a day's start times as far as they depend on neither the clock nor the viewer.
 *
 * @param policy says which of them can still, or already, be booked
 * @param duration of each appointment
 * @param starts in order of time
 */
record SlotPage(BookingPolicy policy, Duration duration, List<Start> starts) {
  /**
   * A start time.
   *
   * @param barberIds who is free then, in ascending order; at least one
   */
  record Start(Instant at, List<Long> barberIds) {}
}
