package dev.freshcut.bookingapi.appointment;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * A time that is kept for somebody for a while.
 *
 * @param id also of the appointment that it may become
 * @param date in the location's time zone
 * @param startsAt with the offset of the location's time zone
 * @param endsAt likewise
 * @param expiresAt when the time becomes free again
 * @param status held or expired
 */
record HoldView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long barberId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long serviceId,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate date,
    @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime startsAt,
    @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime endsAt,
    @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime expiresAt,
    @Schema(requiredMode = RequiredMode.REQUIRED) Status status) {}
