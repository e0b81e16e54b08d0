package dev.freshcut.bookingapi.customer;

import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer of a location.
 *
 * @param registered whether she has an account of her own, whose profile this is
 * @param anonymised whether name and addresses were replaced
 * @param createdAt when she was first noted
 * @param version grows with each change
 */
@Schema(name = "Customer")
record CustomerView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED) String name,
    @Schema(requiredMode = RequiredMode.REQUIRED) String email,
    @Nullable String phone,
    @Schema(requiredMode = RequiredMode.REQUIRED) boolean registered,
    @Schema(requiredMode = RequiredMode.REQUIRED) boolean anonymised,
    @Schema(requiredMode = RequiredMode.REQUIRED) Instant createdAt,
    @Schema(requiredMode = RequiredMode.REQUIRED) long version)
    implements Versioned {}
