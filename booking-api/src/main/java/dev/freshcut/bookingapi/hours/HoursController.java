package dev.freshcut.bookingapi.hours;

import dev.freshcut.bookingapi.coherence.View;
import dev.freshcut.bookingapi.security.PublicAccess;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.Consistency;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Positive;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;

@Tag(name = "Hours")
@RestController
@RequestMapping("/api/v1/locations/{locationId}")
class HoursController {
  private final View<Long, BusinessHours> businessHours;
  private final View<Barber, WeeklyHours> availability;
  private final Clock clock;

  private record Barber(long locationId, long id) {}

  HoursController(HoursTables tables, View.Views views, Clock clock) {
    this.businessHours =
        views.of(
            "business-hours",
            new TypeReference<>() {},
            id -> new Object[] {id},
            tables::ofLocation);
    this.availability =
        views.of(
            "barber-availability",
            new TypeReference<>() {},
            barber -> new Object[] {barber.locationId(), barber.id()},
            barber -> tables.ofBarber(barber.locationId(), barber.id()));
    this.clock = clock;
  }

  @Operation(
      summary = "When a location's door is open in a usual week, and the days that are not usual",
      description =
          "For display: what can be booked follows from the barbers' working hours, and from special"
              + " days.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @PublicAccess
  @GetMapping("/business-hours")
  Answer<BusinessHoursView> businessHours(
      @PathVariable @Positive long locationId, Consistency consistency) {
    LocalDate first = HoursTables.firstShown(clock.instant());
    return businessHours
        .get(locationId, consistency)
        .map(cached -> BusinessHoursView.of(cached, first));
  }

  @Operation(summary = "When a barber works in a usual week")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.BARBER_NOT_FOUND})
  @PublicAccess
  @GetMapping("/barbers/{barberId}/availability")
  Answer<WeeklyHours> availability(
      @PathVariable @Positive long locationId,
      @PathVariable @Positive long barberId,
      Consistency consistency) {
    return availability.get(new Barber(locationId, barberId), consistency);
  }
}
