package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.slot.FutureConflicts;
import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/**
 * A location by itself.
 *
 * @param timeZone IANA region; its days and hours are in it
 * @param version grows with each change
 * @param conflicts after a change of the zone: appointments to come that there is no room for
 */
record LocationDetails(
    @Schema(requiredMode = RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = RequiredMode.REQUIRED) String name,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) long version,
    FutureConflicts.@Nullable Summary conflicts)
    implements Versioned {

  LocationDetails with(FutureConflicts.Summary conflicts) {
    return new LocationDetails(id, name, timeZone, version, conflicts);
  }
}
