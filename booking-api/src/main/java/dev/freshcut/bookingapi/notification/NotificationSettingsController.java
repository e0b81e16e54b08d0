package dev.freshcut.bookingapi.notification;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Notifications")
@RestController
@RequestMapping("/api/v1/locations/{locationId}/notification-settings")
class NotificationSettingsController {
  private final NotificationSettings settings;

  NotificationSettingsController(NotificationSettings settings) {
    this.settings = settings;
  }

  @Operation(
      summary = "What a location says about notifications",
      description = "From the database. A location that has said nothing has the defaults.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @GetMapping
  NotificationSettingsView find(@PathVariable @Positive long locationId, Caller.User caller) {
    return settings.find(caller, locationId).orThrow(ProblemException::new);
  }

  @Operation(
      summary = "Say what a location says about notifications",
      description = "Replaces all of it. Reminders of appointments to come are planned anew.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<NotificationSettingsView> put(
      @PathVariable @Positive long locationId,
      @RequestBody @Valid NotificationSettingsTerms wanted,
      IfMatch expected,
      Caller.User caller) {
    return settings.put(caller, locationId, wanted, expected).orThrow(ProblemException::new);
  }
}
