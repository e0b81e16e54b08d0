package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;

/**
 * A barber by herself, also one who can no longer be booked.
 *
 * @param active whether she can be booked
 * @param version grows with each change
 */
record BarberDetails(
    @Schema(requiredMode = RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED) String name,
    @Schema(requiredMode = RequiredMode.REQUIRED) boolean active,
    @Schema(requiredMode = RequiredMode.REQUIRED) long version)
    implements Versioned {}
