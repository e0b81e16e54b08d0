package dev.freshcut.bookingapi.hours;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The hours of a usual week.
 *
 * @param timeZone IANA region that the hours are in
 * @param days Monday to Sunday
 */
record WeeklyHours(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Day> days) {

  /** One day of the week; without hours if closed. */
  record Day(
      @Schema(requiredMode = RequiredMode.REQUIRED) DayOfWeek weekday,
      @Schema(requiredMode = RequiredMode.REQUIRED) List<Hours> hours) {}

  /**
   * From one local time to another.
   *
   * @param opensAt hour and minute
   * @param closesAt hour and minute, up to 24:00, the midnight at the end of the day
   */
  record Hours(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "09:00") String opensAt,
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "17:30") String closesAt) {}

  /** One row of hours. */
  record Row(DayOfWeek weekday, Hours hours) {}

  /** A week of these rows, which are in order of time. */
  static WeeklyHours of(long locationId, String timeZone, List<Row> rows) {
    Map<DayOfWeek, List<Hours>> byDay =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    Row::weekday, Collectors.mapping(Row::hours, Collectors.toList())));
    return new WeeklyHours(
        locationId,
        timeZone,
        Arrays.stream(DayOfWeek.values())
            .map(day -> new Day(day, byDay.getOrDefault(day, List.of())))
            .toList());
  }
}
