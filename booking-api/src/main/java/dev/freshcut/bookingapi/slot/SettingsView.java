package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.web.Digest;
import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/**
 * What a location says about booking.
 *
 * @param timeZone of its days
 * @param slotStepMinutes between the start times that are offered
 * @param minimumNoticeMinutes an appointment starts at least this long after a client makes it
 * @param horizonDays an appointment's date is at most this many days after today
 * @param sameDayCutOff local time, hour and minute, from which clients can no longer book the same
 *     day; absent is never
 * @param cancellationWindowMinutes clients move and cancel at least this long before the start
 * @param confirmationRequired what clients book is pending until staff confirm it
 */
@Schema(name = "BookingSettings")
public record SettingsView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) int slotStepMinutes,
    @Schema(requiredMode = RequiredMode.REQUIRED) int minimumNoticeMinutes,
    @Schema(requiredMode = RequiredMode.REQUIRED) int horizonDays,
    @Schema(example = "16:00") @Nullable String sameDayCutOff,
    @Schema(requiredMode = RequiredMode.REQUIRED) int cancellationWindowMinutes,
    @Schema(requiredMode = RequiredMode.REQUIRED) boolean confirmationRequired)
    implements Versioned {

  /** Settings are what they say: a location without a row of its own has the defaults. */
  @Override
  public long version() {
    return Digest.of(toString());
  }

  /** Of a location's policy. */
  public static SettingsView of(long locationId, BookingPolicy policy) {
    return new SettingsView(
        locationId,
        policy.zone().getId(),
        policy.stepMinutes(),
        policy.minimumNoticeMinutes(),
        policy.horizonDays(),
        policy.sameDayCutOff() == null ? null : policy.sameDayCutOff().toString(),
        policy.cancellationWindowMinutes(),
        policy.confirmationRequired());
  }
}
