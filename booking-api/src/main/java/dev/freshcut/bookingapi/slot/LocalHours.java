package dev.freshcut.bookingapi.slot;

import java.util.Optional;

/**
 * Hours of a day by the clock on the wall.
 *
 * @param opensMinute minutes after 00:00, 0 to 1439
 * @param closesMinute minutes after 00:00, up to 1440, the midnight at the end of the day
 */
public record LocalHours(int opensMinute, int closesMinute) {
  private static final int MINUTES_OF_DAY = 24 * 60;

  /** Checks bounds and order. */
  public LocalHours {
    if (opensMinute < 0 || opensMinute >= closesMinute || closesMinute > MINUTES_OF_DAY) {
      throw new IllegalArgumentException("no hours: " + opensMinute + " to " + closesMinute);
    }
  }

  /** What both have in common, if anything. */
  Optional<LocalHours> intersection(LocalHours other) {
    int opens = Math.max(opensMinute, other.opensMinute);
    int closes = Math.min(closesMinute, other.closesMinute);
    return opens < closes ? Optional.of(new LocalHours(opens, closes)) : Optional.empty();
  }
}
