package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.security.PublicAccess;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.web.RegionZone;
import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.Consistency;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Family;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Positive;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;

@Tag(name = "Slots")
@RestController
@RequestMapping("/api/v1/locations/{locationId}/slots")
class SlotController {
  private static final TypeReference<SlotPage> PAGE = new TypeReference<>() {};

  private final SlotPages pages;
  private final CoherentCache cache;
  private final Family family;
  private final Clock clock;

  SlotController(SlotPages pages, CoherentCache cache, CacheModel model, Clock clock) {
    this.pages = pages;
    this.cache = cache;
    this.family = model.family("slots");
    this.clock = clock;
  }

  @Operation(
      summary = "The times that can be booked on a date",
      description =
          "Minimum notice and horizon of the location are applied; a date beyond them is answered"
              + " with no slots.")
  @Fails({
    ProblemType.LOCATION_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.SERVICE_NOT_FOUND
  })
  @PublicAccess
  @GetMapping
  Answer<SlotsView> slots(
      @PathVariable @Positive long locationId,
      @Parameter(description = "In the location's time zone; from yesterday to two years ahead")
          @RequestParam
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          LocalDate date,
      @Parameter(
              description = "A barber's id, or any",
              schema = @Schema(type = "string", pattern = "any|[1-9][0-9]{0,17}"))
          @RequestParam
          BarberChoice barber,
      @RequestParam @Positive long service,
      @Parameter(
              description = "IANA zone in which to write the times; the location's by default",
              schema = @Schema(type = "string", example = "America/New_York"))
          @RequestParam(required = false)
          @Nullable RegionZone zone,
      Consistency consistency) {
    Instant now = clock.instant();
    requireNear(date, now);
    Answer<SlotPage> page =
        cache.get(
            family.key(locationId, date, barber.keySegment(), service),
            PAGE,
            consistency,
            () -> pages.load(locationId, date, barber, service));
    return page.map(
        cached ->
            SlotsView.of(
                locationId, date, cached, now, zone == null ? cached.policy().zone() : zone.id()));
  }

  /** Bounds the number of entries that requests can make. */
  private static void requireNear(LocalDate date, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate first = today.minusDays(1);
    LocalDate last = today.plusDays(BookingPolicy.MAX_HORIZON_DAYS + 1L);
    if (date.isBefore(first) || date.isAfter(last)) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID_REQUEST,
              "See errors.",
              new Problem.FieldError("date", "must be from %s to %s".formatted(first, last))));
    }
  }
}
