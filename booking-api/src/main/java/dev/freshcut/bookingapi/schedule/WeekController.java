package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.hours.BusinessHoursView;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Hours")
@RestController
@RequestMapping("/api/v1/locations/{locationId}")
class WeekController {
  private final WeekWrites weeks;

  WeekController(WeekWrites weeks) {
    this.weeks = weeks;
  }

  @Operation(
      summary = "Say when a location's door is open in a usual week",
      description = "Replaces the whole week. For display: nothing that is booked depends on it.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @PutMapping(path = "/business-hours", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<BusinessHoursView> replaceBusinessHours(
      @PathVariable @Positive long locationId,
      @RequestBody @Valid Week wanted,
      IfMatch expected,
      Caller.User caller) {
    return weeks.ofLocation(caller, locationId, wanted, expected).orThrow(ScheduleRefusal::problem);
  }

  @Operation(
      summary = "Say when a barber works in a usual week",
      description =
          "Replaces the whole week. Appointments stay; the answer says which there is no room for"
              + " any more.")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.BARBER_NOT_FOUND})
  @Access({Role.OWNER, Role.OPERATOR})
  @PutMapping(
      path = "/barbers/{barberId}/availability",
      consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<ChangedWeek> replaceAvailability(
      @PathVariable @Positive long locationId,
      @PathVariable @Positive long barberId,
      @RequestBody @Valid Week wanted,
      IfMatch expected,
      Caller.User caller) {
    return weeks
        .ofBarber(caller, locationId, barberId, wanted, expected)
        .orThrow(ScheduleRefusal::problem);
  }
}
