package dev.freshcut.bookingapi.hours;

import dev.freshcut.bookingapi.security.PublicAccess;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.Consistency;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Family;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Positive;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;

@Tag(name = "Hours")
@RestController
@RequestMapping("/api/v1/locations/{locationId}")
class HoursController {
  private static final TypeReference<WeeklyHours> WEEK = new TypeReference<>() {};

  private final HoursTables tables;
  private final CoherentCache cache;
  private final Family businessHours;
  private final Family availability;

  HoursController(HoursTables tables, CoherentCache cache, CacheModel model) {
    this.tables = tables;
    this.cache = cache;
    this.businessHours = model.family("business-hours");
    this.availability = model.family("barber-availability");
  }

  @Operation(
      summary = "When a location's door is open in a usual week",
      description = "For display: what can be booked follows from the barbers' working hours.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @PublicAccess
  @GetMapping("/business-hours")
  Answer<WeeklyHours> businessHours(
      @PathVariable @Positive long locationId, Consistency consistency) {
    return cache.get(
        businessHours.key(locationId), WEEK, consistency, () -> tables.ofLocation(locationId));
  }

  @Operation(summary = "When a barber works in a usual week")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.BARBER_NOT_FOUND})
  @PublicAccess
  @GetMapping("/barbers/{barberId}/availability")
  Answer<WeeklyHours> availability(
      @PathVariable @Positive long locationId,
      @PathVariable @Positive long barberId,
      Consistency consistency) {
    return cache.get(
        availability.key(locationId, barberId),
        WEEK,
        consistency,
        () -> tables.ofBarber(locationId, barberId));
  }
}
