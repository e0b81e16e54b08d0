package dev.freshcut.bookingapi.hours;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is cached of when a location's door is open.
 *
 * @param specialDays in order of time
 */
record BusinessHours(WeeklyHours usual, List<SpecialDay> specialDays) {
  /**
   * A date that is not like its weekday.
   *
   * @param hours null if closed
   */
  record SpecialDay(LocalDate date, WeeklyHours.@Nullable Hours hours, @Nullable String label) {}
}
