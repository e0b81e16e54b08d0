package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.hours.WeeklyHours;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;

/**
 * When a location's door is open in a usual week.
 *
 * @param timeZone IANA region that the hours are in
 * @param days Monday to Sunday
 */
record BusinessWeek(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<WeeklyHours.Day> days) {

  static BusinessWeek of(WeeklyHours week) {
    return new BusinessWeek(week.locationId(), week.timeZone(), week.days());
  }
}
