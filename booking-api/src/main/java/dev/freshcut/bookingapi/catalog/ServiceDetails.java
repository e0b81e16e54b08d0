package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;

/**
 * A service by itself, also one that can no longer be booked.
 *
 * @param durationMinutes of the appointment
 * @param bufferBeforeMinutes kept free before it
 * @param bufferAfterMinutes kept free after it
 * @param priceMinor in the currency's minor unit, such as cents
 * @param currency ISO 4217
 * @param active whether it can be booked
 * @param version grows with each change
 */
record ServiceDetails(
    @Schema(requiredMode = RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED) String name,
    @Schema(requiredMode = RequiredMode.REQUIRED) int durationMinutes,
    @Schema(requiredMode = RequiredMode.REQUIRED) int bufferBeforeMinutes,
    @Schema(requiredMode = RequiredMode.REQUIRED) int bufferAfterMinutes,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "2500") long priceMinor,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "EUR") String currency,
    @Schema(requiredMode = RequiredMode.REQUIRED) boolean active,
    @Schema(requiredMode = RequiredMode.REQUIRED) long version)
    implements Versioned {}
