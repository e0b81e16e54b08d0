package dev.freshcut.bookingapi.location;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A shop.
 *
 * @param timeZone IANA region; its days and hours are in it
 */
record Location(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "Europe/Paris")
        String timeZone) {}
