package dev.freshcut.bookingapi.notification;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a customer was told, or was to be told.
 *
 * @param id the same for every attempt
 * @param waitingListEntryId of an offer
 * @param kind what it was about, such as {@code confirmed} or {@code reminder}
 * @param state {@code sending} is begun, and not known to be sent
 * @param reason why it failed, or was not sent
 * @param createdAt when the first attempt began
 * @param sentAt when the provider took it
 */
@Schema(name = "Notification")
record NotificationView(
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "confirmed:17:1:email") String id,
    @Nullable Long appointmentId,
    @Nullable Long waitingListEntryId,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "confirmed") String kind,
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            allowableValues = {"email", "sms"})
        String channel,
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            allowableValues = {"sending", "sent", "failed", "skipped"})
        String state,
    @Nullable String reason,
    @Schema(requiredMode = RequiredMode.REQUIRED) int attempts,
    @Schema(requiredMode = RequiredMode.REQUIRED) Instant createdAt,
    @Nullable Instant sentAt) {}
