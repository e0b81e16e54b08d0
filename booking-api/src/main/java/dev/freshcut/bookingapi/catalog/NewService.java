package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.web.IsoCurrency;
import dev.freshcut.bookingapi.web.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * A service that is to be.
 *
 * @param durationMinutes of the appointment
 * @param bufferBeforeMinutes kept free before it; none if absent
 * @param bufferAfterMinutes kept free after it; none if absent
 * @param priceMinor in the currency's minor unit, such as cents
 * @param currency ISO 4217
 */
record NewService(
    @NotNull @PlainText @Size(max = 200) String name,
    @NotNull @Min(5) @Max(480) Integer durationMinutes,
    @Nullable @Min(0) @Max(120) Integer bufferBeforeMinutes,
    @Nullable @Min(0) @Max(120) Integer bufferAfterMinutes,
    @NotNull @Min(0) @Max(1_000_000_000) @Schema(example = "2500") Long priceMinor,
    @NotNull @IsoCurrency @Schema(example = "EUR") String currency) {}
