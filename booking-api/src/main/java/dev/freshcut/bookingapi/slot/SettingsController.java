package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.coherence.View;
import dev.freshcut.bookingapi.security.PublicAccess;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.Consistency;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Positive;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Settings")
@RestController
@RequestMapping("/api/v1/locations/{locationId}/booking-settings")
class SettingsController {
  private final View<Long, BookingPolicy> settings;

  SettingsController(View<Long, BookingPolicy> settings) {
    this.settings = settings;
  }

  @Operation(summary = "What a location says about booking")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @PublicAccess
  @GetMapping
  Answer<SettingsView> settings(@PathVariable @Positive long locationId, Consistency consistency) {
    return settings.get(locationId, consistency).map(policy -> SettingsView.of(locationId, policy));
  }
}
