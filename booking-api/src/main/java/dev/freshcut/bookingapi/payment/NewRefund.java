package dev.freshcut.bookingapi.payment;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be given back of a payment.
 *
 * @param amountMinor all that is given back, in the payment's currency
 * @param tipMinor the part of it that gives back the tip; none by default
 * @param method the payment's by default
 * @param status settled by default, or pending
 * @param paidAt of a settled one; now by default, not in the future and not before the payment's
 */
record NewRefund(
    @NotNull @Positive @Max(NewPayment.MAX_AMOUNT) @Schema(example = "1000") Long amountMinor,
    @Nullable @PositiveOrZero @Max(NewPayment.MAX_AMOUNT) Long tipMinor,
    @Nullable Method method,
    @Nullable PaymentStatus status,
    @Nullable Instant paidAt) {}
