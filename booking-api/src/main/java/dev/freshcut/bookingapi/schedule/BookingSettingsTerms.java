package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.write.Rows;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a location says about booking.
 *
 * @param slotStepMinutes between the start times that are offered
 * @param minimumNoticeMinutes an appointment starts at least this long after a client makes it
 * @param horizonDays an appointment's date is at most this many days after today
 * @param sameDayCutOff local time, hour and minute, from which clients can no longer book the same
 *     day; absent is never
 * @param cancellationWindowMinutes clients move and cancel at least this long before the start
 * @param confirmationRequired what clients book is pending until staff confirm it
 */
@Schema(name = "BookingSettingsTerms")
record BookingSettingsTerms(
    @NotNull @Min(5) @Max(240) Integer slotStepMinutes,
    @NotNull @Min(0) @Max(43_200) Integer minimumNoticeMinutes,
    @NotNull @Min(1) @Max(730) Integer horizonDays,
    @Pattern(regexp = "([01][0-9]|2[0-3]):[0-5][0-9]", message = "must be like 16:00")
        @Schema(example = "16:00")
        @Nullable String sameDayCutOff,
    @NotNull @Min(0) @Max(43_200) Integer cancellationWindowMinutes,
    @NotNull Boolean confirmationRequired) {

  Map<String, @Nullable Object> row() {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("slot_step_minutes", slotStepMinutes);
    row.put("minimum_notice_minutes", minimumNoticeMinutes);
    row.put("horizon_days", horizonDays);
    row.put("same_day_cutoff", sameDayCutOff == null ? null : Rows.time(sameDayCutOff));
    row.put("cancellation_window_minutes", cancellationWindowMinutes);
    row.put("confirmation_required", confirmationRequired);
    return row;
  }
}
