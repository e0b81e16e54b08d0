package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.slot.SlotPage.Start;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The times that can be booked.
 *
 * @param from first date in the location's time zone
 * @param to last date
 * @param timeZone the location's
 * @param slots in order of time
 */
record SlotsView(
    @Schema(requiredMode = RequiredMode.REQUIRED) long locationId,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate from,
    @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate to,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Europe/Paris") String timeZone,
    @Schema(requiredMode = RequiredMode.REQUIRED) List<Slot> slots) {

  /**
   * A time that can be booked. Barbers who take longer for the service than others have slots of
   * their own.
   *
   * @param date at the location, whatever the zone asked for
   * @param startsAt with the offset of the zone asked for, or else of the location's
   * @param endsAt likewise
   * @param barberIds who is free
   */
  record Slot(
      @Schema(requiredMode = RequiredMode.REQUIRED) LocalDate date,
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime startsAt,
      @Schema(requiredMode = RequiredMode.REQUIRED) OffsetDateTime endsAt,
      @Schema(requiredMode = RequiredMode.REQUIRED) List<Long> barberIds) {}

  /** The part of some dates' pages that clients can book now, for a viewer in a zone. */
  static SlotsView of(
      SlotQuery query, LocalDate to, List<SlotPage> pages, Instant now, @Nullable ZoneId viewer) {
    ZoneId zone = pages.getFirst().policy().zone();
    return new SlotsView(
        query.locationId(),
        query.date(),
        to,
        zone.getId(),
        pages.stream().flatMap(page -> slots(page, now, viewer == null ? zone : viewer)).toList());
  }

  static Stream<Slot> slots(SlotPage page, Instant now, ZoneId viewer) {
    return page.bookable(now).map(start -> slot(page.date(), start, viewer));
  }

  private static Slot slot(LocalDate date, Start start, ZoneId viewer) {
    return new Slot(
        date,
        start.at().atZone(viewer).toOffsetDateTime(),
        start.at().plus(start.duration()).atZone(viewer).toOffsetDateTime(),
        start.barberIds());
  }
}
