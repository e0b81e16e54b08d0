package dev.freshcut.bookingapi.slot;

import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param from its first instant
 * @param until the first instant after it; not before {@code from}
 */
public record TimeRange(Instant from, Instant until) {
  /** Checks the order. */
  public TimeRange {
    if (until.isBefore(from)) {
      throw new IllegalArgumentException("until " + until + " is before from " + from);
    }
  }

  boolean contains(TimeRange other) {
    return !other.from.isBefore(from) && !other.until.isAfter(until);
  }

  boolean overlaps(TimeRange other) {
    return from.isBefore(other.until) && other.from.isBefore(until);
  }

  /** The part of it that lies in another, which it overlaps. */
  TimeRange within(TimeRange other) {
    return new TimeRange(
        from.isBefore(other.from) ? other.from : from,
        until.isAfter(other.until) ? other.until : until);
  }
}
