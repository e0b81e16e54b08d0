package dev.freshcut.bookingapi.slot;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * A barber's appointments that her day, as it is now, has no room for: hours, time off, blackouts
 * or special days have changed since they were made.
 *
 * @param conflicts in order of time
 */
record ConflictsView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED) long barberId,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate date,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Entry> conflicts) {

  /** One of them, and why. */
  @Schema(name = "Conflict")
  record Entry(
      @Schema(requiredMode = RequiredMode.REQUIRED) ScheduleView.Entry appointment,
      @Schema(requiredMode = RequiredMode.REQUIRED) Set<DayConflicts.Reason> reasons) {}

  static ConflictsView of(BarberDay day, DayConflicts found) {
    return new ConflictsView(
        day.locationId(),
        day.barberId(),
        day.date(),
        found.conflicts().stream()
            .map(
                each ->
                    new Entry(ScheduleView.entry(each.appointment(), found.zone()), each.reasons()))
            .toList());
  }
}
