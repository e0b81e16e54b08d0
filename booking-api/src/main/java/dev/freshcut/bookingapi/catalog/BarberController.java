package dev.freshcut.bookingapi.catalog;

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
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Locations")
@RestController
@RequestMapping("/api/v1/locations/{locationId}/barbers")
class BarberController {
  private final BarberWrites barbers;

  BarberController(BarberWrites barbers) {
    this.barbers = barbers;
  }

  @Operation(
      summary = "A barber, from the database",
      description = "Also one that can no longer be booked.")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.BARBER_NOT_FOUND})
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping("/{barberId}")
  BarberDetails find(
      @PathVariable @Positive long locationId,
      @PathVariable @Positive long barberId,
      Caller.User caller) {
    return barbers.find(caller, locationId, barberId).orThrow(CatalogRefusal::problem);
  }

  @Operation(summary = "Add a barber")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.LIMIT_REACHED})
  @Access({Role.OWNER, Role.OPERATOR})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<BarberDetails>> create(
      @PathVariable @Positive long locationId,
      @RequestBody @Valid NewBarber wanted,
      Caller.User caller) {
    Written<BarberDetails> made =
        barbers.create(caller, locationId, wanted).orThrow(CatalogRefusal::problem);
    return ResponseEntity.created(
            URI.create("/api/v1/locations/%d/barbers/%d".formatted(locationId, made.value().id())))
        .body(made);
  }

  @Operation(
      summary = "Change a barber",
      description =
          "What is absent stays. One who has appointments to come stops only with keepAppointments.")
  @Fails({
    ProblemType.LOCATION_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.BARBER_HAS_APPOINTMENTS
  })
  @Access({Role.OWNER, Role.OPERATOR})
  @PatchMapping(path = "/{barberId}", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<BarberDetails> change(
      @PathVariable @Positive long locationId,
      @PathVariable @Positive long barberId,
      @RequestBody @Valid BarberChange wanted,
      IfMatch expected,
      Caller.User caller) {
    return barbers
        .change(caller, locationId, barberId, wanted, expected)
        .orThrow(CatalogRefusal::problem);
  }
}
