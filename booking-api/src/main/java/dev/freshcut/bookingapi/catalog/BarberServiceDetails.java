package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/**
 * What a barber does differently from what a service says.
 *
 * @param offered whether she does it at all
 * @param durationMinutes of her appointments; absent is as the service has it
 * @param priceMinor hers, in the service's currency; absent is as the service has it
 * @param version grows with each change
 */
record BarberServiceDetails(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long barberId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long serviceId,
    @Schema(requiredMode = RequiredMode.REQUIRED) boolean offered,
    @Nullable Integer durationMinutes,
    @Nullable Long priceMinor,
    @Schema(requiredMode = RequiredMode.REQUIRED) long version)
    implements Versioned {}
