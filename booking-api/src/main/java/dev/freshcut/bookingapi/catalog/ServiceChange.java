package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.web.IsoCurrency;
import dev.freshcut.bookingapi.web.PlainText;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What is changed of a service; what is absent stays. Appointments that were made keep what was
 * agreed.
 *
 * @param currency only together with the price
 * @param active whether it can be booked
 */
record ServiceChange(
    @PlainText @Size(max = 200) @Nullable String name,
    @Nullable @Min(5) @Max(480) Integer durationMinutes,
    @Nullable @Min(0) @Max(120) Integer bufferBeforeMinutes,
    @Nullable @Min(0) @Max(120) Integer bufferAfterMinutes,
    @Nullable @Min(0) @Max(1_000_000_000) Long priceMinor,
    @IsoCurrency @Nullable String currency,
    @Nullable Boolean active) {}
