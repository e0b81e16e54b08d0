package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.hours.WeeklyHours;
import dev.freshcut.bookingapi.slot.FutureConflicts;
import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;

/**
 * A barber's new week.
 *
 * @param timeZone IANA region that the hours are in
 * @param days Monday to Sunday
 * @param conflicts appointments to come that there is no room for any more
 */
@Schema(name = "ChangedWeek")
record ChangedWeek(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<WeeklyHours.Day> days,
    @Schema(requiredMode = RequiredMode.REQUIRED) FutureConflicts.Summary conflicts)
    implements Versioned {

  static ChangedWeek of(WeeklyHours week, FutureConflicts.Summary conflicts) {
    return new ChangedWeek(week.locationId(), week.timeZone(), week.days(), conflicts);
  }

  /** As of the hours alone, which is what the ETag is of. */
  @Override
  public long version() {
    return new WeeklyHours(locationId, timeZone, days).version();
  }
}
