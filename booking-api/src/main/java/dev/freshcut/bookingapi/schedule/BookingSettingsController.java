package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.slot.SettingsView;
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

@Tag(name = "Settings")
@RestController
@RequestMapping("/api/v1/locations/{locationId}/booking-settings")
class BookingSettingsController {
  private final BookingSettingsWrites settings;

  BookingSettingsController(BookingSettingsWrites settings) {
    this.settings = settings;
  }

  @Operation(
      summary = "Say what a location says about booking",
      description =
          "Replaces all of it. In force for bookings and changes from now on; appointments stay.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<SettingsView> put(
      @PathVariable @Positive long locationId,
      @RequestBody @Valid BookingSettingsTerms wanted,
      IfMatch expected,
      Caller.User caller) {
    return settings.put(caller, locationId, wanted, expected).orThrow(ScheduleRefusal::problem);
  }
}
