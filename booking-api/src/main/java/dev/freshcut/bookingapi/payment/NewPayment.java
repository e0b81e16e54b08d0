package dev.freshcut.bookingapi.payment;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment that is to be recorded.
 *
 * @param amountMinor all that changes hands, in the currency's minor unit
 * @param tipMinor the part of it that is a tip; none by default
 * @param currency the appointment's, if it is given
 * @param status settled by default, or pending
 * @param paidAt of a settled one; now by default, and not in the future; of barbers within 7 days
 */
record NewPayment(
    @NotNull @Positive Long appointmentId,
    @NotNull Method method,
    @NotNull @Positive @Max(MAX_AMOUNT) @Schema(example = "3000") Long amountMinor,
    @Nullable @PositiveOrZero @Max(MAX_AMOUNT) @Schema(example = "500") Long tipMinor,
    @Nullable @Pattern(regexp = "[A-Z]{3}", message = "must be a currency such as EUR") String currency,
    @Nullable PaymentStatus status,
    @Nullable Instant paidAt) {
  static final long MAX_AMOUNT = 1_000_000_000;

  /** How late a barber may note a payment: figures of closed months are the owner's. */
  static final Duration BARBER_LATENESS = Duration.ofDays(7);
}
