package dev.freshcut.bookingapi.slot;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is cached: a day's start times as far as they depend on neither the clock nor the viewer.
 *
 * @param policy says which of them can still, or already, be booked
 * @param starts in order of time, then of duration
 */
record SlotPage(BookingPolicy policy, List<Start> starts) {
  /**
   * A start time.
   *
   * @param duration of the appointment; barbers may differ in it
   * @param barberIds who is free then and takes that long, in ascending order; at least one
   */
  record Start(Instant at, Duration duration, List<Long> barberIds) {}
}
