package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.coherence.View;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.PublicAccess;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.web.RegionZone;
import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.Consistency;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Positive;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Slots")
@RestController
@RequestMapping("/api/v1/locations/{locationId}")
class SlotController {
  private final SlotSearch search;
  private final SlotPages pages;
  private final Clock clock;

  SlotController(SlotSearch search, SlotPages pages, Clock clock) {
    this.search = search;
    this.pages = pages;
    this.clock = clock;
  }

  @Operation(
      summary = "The times that can be booked on a date, or from one date to another",
      description =
          "Dates are the location's: from yesterday to two years ahead, at most 31. Minimum notice,"
              + " same-day cut-off and horizon of the location are applied; a date beyond them has no"
              + " slots.")
  @Fails({
    ProblemType.LOCATION_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.SERVICE_NOT_FOUND,
    ProblemType.APPOINTMENT_NOT_FOUND
  })
  @PublicAccess
  @GetMapping("/slots")
  Answer<SlotsView> slots(
      @PathVariable @Positive long locationId,
      @Parameter(description = "One date, in the location's time zone")
          @RequestParam(required = false)
          @Nullable LocalDate date,
      @Parameter(description = "Instead of a date: the first of several")
          @RequestParam(required = false)
          @Nullable LocalDate from,
      @Parameter(description = "The last of them") @RequestParam(required = false)
          @Nullable LocalDate to,
      @Parameter(
              description = "A barber's id, or any, as by default",
              schema = @Schema(type = "string", pattern = "any|[1-9][0-9]{0,17}"))
          @RequestParam(required = false)
          @Nullable BarberChoice barber,
      @RequestParam @Positive long service,
      @Parameter(
              description = "IANA zone in which to write the times; the location's by default",
              schema = @Schema(type = "string", example = "America/New_York"))
          @RequestParam(required = false)
          @Nullable RegionZone zone,
      @Parameter(
              description =
                  "Your own appointment, or one of your location, that is to be moved: its time"
                      + " counts as free. Not cached")
          @RequestParam(required = false)
          @Positive @Nullable Long ignore,
      Caller caller,
      Consistency consistency) {
    Instant now = clock.instant();
    DateBounds.Dates dates = DateBounds.dates(date, from, to, now);
    SlotQuery query = new SlotQuery(locationId, dates.from(), orAny(barber), service);
    if (ignore != null) {
      List<SlotPage> found = pages.loadWithout(ignore, query, dates.to(), caller);
      return View.fromDatabase(SlotsView.of(query, dates.to(), found, now, id(zone)));
    }
    return search
        .pages(query, dates.to(), consistency)
        .map(found -> SlotsView.of(query, dates.to(), found, now, id(zone)));
  }

  @Operation(
      summary = "The first time that can be booked",
      description = "Without a slot in the answer there is none up to the location's horizon.")
  @Fails({
    ProblemType.LOCATION_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.SERVICE_NOT_FOUND
  })
  @PublicAccess
  @GetMapping("/next-slot")
  Answer<NextSlotView> nextSlot(
      @PathVariable @Positive long locationId,
      @Parameter(description = "Not before this date of the location's; now by default")
          @RequestParam(required = false)
          @Nullable LocalDate date,
      @Parameter(
              description = "A barber's id, or any, as by default",
              schema = @Schema(type = "string", pattern = "any|[1-9][0-9]{0,17}"))
          @RequestParam(required = false)
          @Nullable BarberChoice barber,
      @RequestParam @Positive long service,
      @Parameter(
              description = "IANA zone in which to write the times; the location's by default",
              schema = @Schema(type = "string", example = "America/New_York"))
          @RequestParam(required = false)
          @Nullable RegionZone zone,
      Consistency consistency) {
    Instant now = clock.instant();
    LocalDate first = date == null ? LocalDate.EPOCH : DateBounds.near("date", date, now);
    return search.next(
        new SlotQuery(locationId, first, orAny(barber), service), now, id(zone), consistency);
  }

  private static @Nullable ZoneId id(@Nullable RegionZone zone) {
    return zone == null ? null : zone.id();
  }

  private static BarberChoice orAny(@Nullable BarberChoice barber) {
    return barber == null ? BarberChoice.any() : barber;
  }
}
