package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/**
 * A user, for herself and for those who manage her.
 *
 * @param locationId where she works
 * @param barberId the barber that she is
 * @param timeZone IANA region in which she likes times to be told
 * @param language BCP 47
 * @param active whether she can log in
 * @param version grows with each change
 */
record UserView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = RequiredMode.REQUIRED) Role role,
    @Schema(requiredMode = RequiredMode.REQUIRED) String name,
    @Schema(requiredMode = RequiredMode.REQUIRED) String email,
    @Nullable String phone,
    @Nullable Long locationId,
    @Nullable Long barberId,
    @Schema(example = "Europe/Paris") @Nullable String timeZone,
    @Schema(example = "fr-FR") @Nullable String language,
    @Schema(requiredMode = RequiredMode.REQUIRED) boolean active,
    @Schema(requiredMode = RequiredMode.REQUIRED) long version)
    implements Versioned {}
