package dev.freshcut.bookingapi.appointment;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where to move an appointment; it keeps its service, its duration and its price.
 *
 * @param startsAt a whole minute; any offset will do
 * @param barberId of the same location; the appointment's own by default
 */
record Move(
    @NotNull @Schema(example = "2026-11-21T10:00:00+01:00") Instant startsAt,
    @Nullable @Positive Long barberId) {}
