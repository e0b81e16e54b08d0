package dev.freshcut.bookingapi.notification;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * What a customer says about SMS.
 *
 * @param given whether she wants them
 * @param source how staff know it; absent if she says it herself
 */
@Schema(name = "SmsConsentTerms")
record SmsConsentTerms(@NotNull Boolean given, @Nullable ConsentSource source) {}
