package dev.freshcut.bookingapi.slot;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * The times that can be booked on a date.
 *
 * @param date in the location's time zone
 * @param timeZone the location's
 * @param slots in order of time
 */
record SlotsView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate date,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Slot> slots) {

  /**
   * A time that can be booked.
   *
   * @param startsAt with the offset of the zone asked for, or else of the location's
   * @param endsAt likewise
   * @param barberIds who is free
   */
  record Slot(
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime startsAt,
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime endsAt,
      @Schema(requiredMode = RequiredMode.REQUIRED) List<Long> barberIds) {}

  /** The part of a page that can be booked now, for a viewer in a zone. */
  static SlotsView of(long locationId, LocalDate date, SlotPage page, Instant now, ZoneId viewer) {
    return new SlotsView(
        locationId,
        date,
        page.policy().zone().getId(),
        page.starts().stream()
            .filter(start -> page.policy().refusal(start.at(), now).isEmpty())
            .map(
                start ->
                    new Slot(
                        at(start.at(), viewer),
                        at(start.at().plus(page.duration()), viewer),
                        start.barberIds()))
            .toList());
  }

  private static OffsetDateTime at(Instant instant, ZoneId zone) {
    return instant.atZone(zone).toOffsetDateTime();
  }
}
