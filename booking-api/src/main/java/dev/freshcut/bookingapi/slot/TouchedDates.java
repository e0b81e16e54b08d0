package dev.freshcut.bookingapi.slot;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * The dates that a change of the schedule touches: on no others can an appointment lose its room.
 *
 * @param first of them
 * @param last of them, inclusive
 * @param weekdays of the dates between that are meant
 */
public record TouchedDates(LocalDate first, LocalDate last, Set<DayOfWeek> weekdays) {
  public TouchedDates {
    weekdays = Set.copyOf(weekdays);
  }

  /** All of them, as when a location gets another time zone. */
  public static TouchedDates all() {
    return every(EnumSet.allOf(DayOfWeek.class));
  }

  /** Each of some weekdays. */
  public static TouchedDates every(Set<DayOfWeek> weekdays) {
    return new TouchedDates(LocalDate.MIN, LocalDate.MAX, weekdays);
  }

  /** A single one. */
  public static TouchedDates only(LocalDate date) {
    return new TouchedDates(date, date, EnumSet.of(date.getDayOfWeek()));
  }

  /** Those on which this time is, as a location's clock has it. */
  public static TouchedDates of(Instant from, Instant until, ZoneId zone) {
    return new TouchedDates(
        LocalDate.ofInstant(from, zone),
        LocalDate.ofInstant(until.minusNanos(1), zone),
        EnumSet.allOf(DayOfWeek.class));
  }

  boolean has(LocalDate date) {
    return !date.isBefore(first) && !date.isAfter(last) && weekdays.contains(date.getDayOfWeek());
  }
}
