package dev.freshcut.bookingapi.location;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some locations, by id.
 *
 * @param nextAfter to be sent as {@code after} for the next page; absent on the last page
 */
record LocationPage(
    @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Location> locations,
    @Nullable Long nextAfter) {}
