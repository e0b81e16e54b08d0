package dev.freshcut.bookingapi.slot;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/**
 * The first time that can be booked.
 *
 * @param timeZone the location's
 * @param slot absent if there is none up to the horizon
 */
record NextSlotView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    SlotsView.@Nullable Slot slot) {}
