package dev.freshcut.bookingapi.payment;

import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment for an appointment, or a refund of one.
 *
 * @param refundOf the payment that a refund gives back
 * @param amountMinor all that changed hands, in the currency's minor unit
 * @param tipMinor the part of it that is a tip
 * @param paidAt when it was settled
 * @param createdAt when it was recorded
 * @param version grows with each change
 */
@Schema(name = "Payment")
record PaymentView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long appointmentId,
    @Schema(requiredMode = RequiredMode.REQUIRED) Kind kind,
    @Nullable Long refundOf,
    @Schema(requiredMode = RequiredMode.REQUIRED) Method method,
    @Schema(requiredMode = RequiredMode.REQUIRED) PaymentStatus status,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "3000") long amountMinor,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "500") long tipMinor,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "EUR") String currency,
    @Nullable Instant paidAt,
    @Schema(requiredMode = RequiredMode.REQUIRED) Instant createdAt,
    @Schema(requiredMode = RequiredMode.REQUIRED) long version)
    implements Versioned {}
