package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.hours.WeeklyHours;
import dev.freshcut.bookingapi.slot.FutureConflicts;
import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A date that is not like its weekday; without hours it is closed.
 *
 * @param label such as a holiday's name
 * @param version grows with each change
 * @param conflicts after a change: appointments to come that there is no room for any more
 */
@Schema(name = "SpecialDayDetails")
record SpecialDayView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate date,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<WeeklyHours.Hours> hours,
    @Nullable String label,
    @Schema(requiredMode = RequiredMode.REQUIRED) long version,
    FutureConflicts.@Nullable Summary conflicts)
    implements Versioned {

  SpecialDayView with(FutureConflicts.Summary conflicts) {
    return new SpecialDayView(locationId, date, hours, label, version, conflicts);
  }
}
