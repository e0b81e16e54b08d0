package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.web.IanaZone;
import dev.freshcut.bookingapi.web.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * A location that is to be.
 *
 * @param timeZone IANA region
 */
record NewLocation(
    @NotNull @PlainText @Size(max = 200) String name,
    @NotNull @IanaZone @Schema(example = "Europe/Paris") String timeZone) {}
