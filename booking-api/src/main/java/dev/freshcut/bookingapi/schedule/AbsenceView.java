package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.slot.FutureConflicts;
import dev.freshcut.bookingapi.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * When a barber is away, or nobody of a location works.
 *
 * @param barberId of time off; absent of a blackout
 * @param startsAt in the location's zone
 * @param endsAt in the location's zone
 * @param version grows with each change
 * @param conflicts of one that was just made: appointments to come that there is no room for any
 *     more
 */
@Schema(name = "AbsenceDetails")
record AbsenceView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long id,
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Nullable Long barberId,
    @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime startsAt,
    @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime endsAt,
    @Nullable String reason,
    @Schema(requiredMode = RequiredMode.REQUIRED) long version,
    FutureConflicts.@Nullable Summary conflicts)
    implements Versioned {

  AbsenceView with(FutureConflicts.Summary conflicts) {
    return new AbsenceView(id, locationId, barberId, startsAt, endsAt, reason, version, conflicts);
  }
}
