package dev.freshcut.bookingapi.appointment;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request to keep a time for a while.
 *
 * @param barberId absent: any who is free
 * @param startsAt a whole minute; any offset will do
 */
record NewHold(
    @NotNull @Positive Long locationId,
    @Nullable @Positive Long barberId,
    @NotNull @Positive Long serviceId,
    @NotNull @Schema(example = "2026-11-20T10:00:00+01:00") Instant startsAt) {}
