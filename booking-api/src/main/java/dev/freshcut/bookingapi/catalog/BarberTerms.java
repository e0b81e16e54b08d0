package dev.freshcut.bookingapi.catalog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * All that a barber is to do differently from what a service says.
 *
 * @param offered whether she does it at all
 * @param durationMinutes of her appointments; absent is as the service has it
 * @param priceMinor hers, in the service's currency; absent is as the service has it
 */
record BarberTerms(
    @NotNull Boolean offered,
    @Nullable @Min(5) @Max(480) Integer durationMinutes,
    @Nullable @Min(0) @Max(1_000_000_000) Long priceMinor) {}
