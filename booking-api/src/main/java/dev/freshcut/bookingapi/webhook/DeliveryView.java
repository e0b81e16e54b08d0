package dev.freshcut.bookingapi.webhook;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that was delivered to a webhook, or was to be.
 *
 * @param id the same for every attempt
 * @param state {@code sending} is tried again until it is delivered, or given up ({@code failed})
 * @param lastStatus of the answer to the last attempt; absent if there was none
 * @param lastError what was wrong with it
 * @param createdAt when the first attempt began
 */
@Schema(name = "WebhookDelivery")
record DeliveryView(
    @Schema(requiredMode = RequiredMode.REQUIRED) String id,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "appointment.created") String event,
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            allowableValues = {"sending", "delivered", "failed", "skipped"})
        String state,
    @Schema(requiredMode = RequiredMode.REQUIRED) int attempts,
    @Nullable Integer lastStatus,
    @Nullable String lastError,
    @Schema(requiredMode = RequiredMode.REQUIRED) Instant createdAt,
    @Nullable Instant deliveredAt) {}
