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
@RequestMapping("/api/v1/customers/{id}")
class NotificationPreferencesController {
  private final Preferences preferences;

  NotificationPreferencesController(Preferences preferences) {
    this.preferences = preferences;
  }

  @Operation(
      summary = "What a customer wants of notifications",
      description = "From the database. A client sees her own, staff those of their location.")
  @Fails(ProblemType.CUSTOMER_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping("/notification-preferences")
  PreferencesView find(@PathVariable @Positive long id, Caller.User caller) {
    return preferences.find(caller, id).orThrow(ProblemException::new);
  }

  @Operation(
      summary = "Say what a customer wants of notifications",
      description =
          "Replaces all but her consent to SMS. Reminders of her appointments to come are planned"
              + " anew.")
  @Fails({ProblemType.CUSTOMER_NOT_FOUND, ProblemType.CUSTOMER_FIXED})
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PutMapping(path = "/notification-preferences", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<PreferencesView> put(
      @PathVariable @Positive long id,
      @RequestBody @Valid PreferencesTerms wanted,
      IfMatch expected,
      Caller.User caller) {
    return preferences.put(caller, id, wanted, expected).orThrow(ProblemException::new);
  }

  @Operation(
      summary = "Note that a customer wants SMS, or does not any more",
      description =
          "With the time and the source, and in the audit log. Without consent none are sent. What"
              + " she has said already changes nothing.")
  @Fails({ProblemType.CUSTOMER_NOT_FOUND, ProblemType.CUSTOMER_FIXED})
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PutMapping(path = "/sms-consent", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<PreferencesView> putSmsConsent(
      @PathVariable @Positive long id,
      @RequestBody @Valid SmsConsentTerms wanted,
      IfMatch expected,
      Caller.User caller) {
    return preferences.say(caller, id, wanted, expected).orThrow(ProblemException::new);
  }
}
