package dev.freshcut.bookingapi.location;

import io.swagger.v3.oas.annotations.media.Schema;

/** A barber who can be booked. */
record BarberView(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name) {}
