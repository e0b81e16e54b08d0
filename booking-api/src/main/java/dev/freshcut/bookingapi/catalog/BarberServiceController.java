package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.catalog.BarberServiceWrites.Which;
import dev.freshcut.bookingapi.coherence.Written;
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
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Locations")
@RestController
@RequestMapping("/api/v1/locations/{locationId}/barbers/{barberId}/services/{serviceId}")
class BarberServiceController {
  private final BarberServiceWrites specials;

  BarberServiceController(BarberServiceWrites specials) {
    this.specials = specials;
  }

  @Operation(summary = "What a barber does differently from what a service says, from the database")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.BARBER_SERVICE_NOT_FOUND})
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping
  BarberServiceDetails find(
      @PathVariable @Positive long locationId,
      @PathVariable @Positive long barberId,
      @PathVariable @Positive long serviceId,
      Caller.User caller) {
    return specials
        .find(caller, new Which(locationId, barberId, serviceId))
        .orThrow(CatalogRefusal::problem);
  }

  @Operation(
      summary = "Say what a barber does differently from what a service says",
      description =
          "Replaces what was said before. Appointments that were made keep what was agreed.")
  @Fails({
    ProblemType.LOCATION_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.SERVICE_NOT_FOUND
  })
  @Access({Role.OWNER, Role.OPERATOR})
  @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<BarberServiceDetails> put(
      @PathVariable @Positive long locationId,
      @PathVariable @Positive long barberId,
      @PathVariable @Positive long serviceId,
      @RequestBody @Valid BarberTerms wanted,
      IfMatch expected,
      Caller.User caller) {
    return specials
        .put(caller, new Which(locationId, barberId, serviceId), wanted, expected)
        .orThrow(CatalogRefusal::problem);
  }

  @Operation(
      summary = "Have a barber do a service as it says again",
      description = "The answer is what was deleted.")
  @Fails({
    ProblemType.LOCATION_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.SERVICE_NOT_FOUND,
    ProblemType.BARBER_SERVICE_NOT_FOUND
  })
  @Access({Role.OWNER, Role.OPERATOR})
  @DeleteMapping
  Written<BarberServiceDetails> delete(
      @PathVariable @Positive long locationId,
      @PathVariable @Positive long barberId,
      @PathVariable @Positive long serviceId,
      IfMatch expected,
      Caller.User caller) {
    return specials
        .delete(caller, new Which(locationId, barberId, serviceId), expected)
        .orThrow(CatalogRefusal::problem);
  }
}
