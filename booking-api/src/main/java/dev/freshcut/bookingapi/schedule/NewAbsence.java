package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.web.PlainText;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * From one time to another, at most two years: time off or a blackout.
 *
 * @param reason for the shop; say nothing that is nobody's business
 */
record NewAbsence(
    @NotNull @Schema(example = "2026-12-24T12:00:00+01:00") Instant startsAt,
    @NotNull @Schema(example = "2026-12-27T00:00:00+01:00") Instant endsAt,
    @PlainText @Size(max = 200) @Nullable String reason) {

  /** As the database counts two years. */
  @Nullable ScheduleRefusal refusal() {
    OffsetDateTime from = startsAt.atOffset(ZoneOffset.UTC);
    OffsetDateTime until = endsAt.atOffset(ZoneOffset.UTC);
    if (!from.isBefore(until)) {
      return ScheduleRefusal.Invalid.of("endsAt", "must be after startsAt");
    }
    return until.isAfter(from.plusYears(2))
        ? ScheduleRefusal.Invalid.of("endsAt", "must be at most two years after startsAt")
        : null;
  }
}
