package dev.freshcut.notificationworker.timing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/**
 * Hours of every day, by the clock on somebody's wall, in which she is left in peace. Where clocks
 * are put forward, hours that do not exist are passed over; where they are put back, hours that
 * come twice are quiet until their second end.
 *
 * @param from whole minutes
 * @param until not quiet any more; before {@code from} for hours over midnight, and the same as
 *     {@code from} for none
 */
public record QuietHours(LocalTime from, LocalTime until) {
  private static final Duration STEP = Duration.ofMinutes(1);

  /** Whether this time of day is quiet. */
  public boolean contains(LocalTime time) {
    if (from.isBefore(until)) {
      return !time.isBefore(from) && time.isBefore(until);
    }
    return !from.equals(until) && (!time.isBefore(from) || time.isBefore(until));
  }

  /** Whether this instant is quiet there. */
  public boolean contains(Instant instant, ZoneId zone) {
    return contains(instant.atZone(zone).toLocalTime());
  }

  /** The end of the quiet hours that an instant is in; the instant itself if it is in none. */
  public Instant endAfter(Instant instant, ZoneId zone) {
    Instant end = instant;
    // Once is enough, unless all that is not quiet was passed over with the clocks.
    while (contains(end, zone)) {
      ZonedDateTime there = end.atZone(zone);
      boolean tomorrow = until.isBefore(from) && !there.toLocalTime().isBefore(from);
      LocalDate day = there.toLocalDate().plusDays(tomorrow ? 1 : 0);
      Instant next = instantOf(day.atTime(until), zone, true);
      end = next.isAfter(end) ? next : end.plus(STEP);
    }
    return end;
  }

  /** One minute before the quiet hours that an instant is in; the instant itself if in none. */
  public Instant lastBefore(Instant instant, ZoneId zone) {
    Instant last = instant;
    while (contains(last, zone)) {
      ZonedDateTime there = last.atZone(zone);
      boolean yesterday = until.isBefore(from) && there.toLocalTime().isBefore(from);
      LocalDate day = there.toLocalDate().minusDays(yesterday ? 1 : 0);
      Instant begin = instantOf(day.atTime(from), zone, false);
      last = (begin.isAfter(last) ? last : begin).minus(STEP);
    }
    return last;
  }

  private static Instant instantOf(LocalDateTime local, ZoneId zone, boolean later) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      ZoneOffsetTransition gap = zone.getRules().getTransition(local);
      return gap.getInstant();
    }
    return local.toInstant(later ? offsets.getLast() : offsets.getFirst());
  }
}
