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
@RequestMapping("/api/v1/locations/{locationId}/services")
class ServiceController {
  private final ServiceWrites services;

  ServiceController(ServiceWrites services) {
    this.services = services;
  }

  @Operation(
      summary = "A service, from the database",
      description = "Also one that can no longer be booked.")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.SERVICE_NOT_FOUND})
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping("/{serviceId}")
  ServiceDetails find(
      @PathVariable @Positive long locationId,
      @PathVariable @Positive long serviceId,
      Caller.User caller) {
    return services.find(caller, locationId, serviceId).orThrow(CatalogRefusal::problem);
  }

  @Operation(summary = "Add a service")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.LIMIT_REACHED})
  @Access({Role.OWNER, Role.OPERATOR})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<ServiceDetails>> create(
      @PathVariable @Positive long locationId,
      @RequestBody @Valid NewService wanted,
      Caller.User caller) {
    Written<ServiceDetails> made =
        services.create(caller, locationId, wanted).orThrow(CatalogRefusal::problem);
    return ResponseEntity.created(
            URI.create("/api/v1/locations/%d/services/%d".formatted(locationId, made.value().id())))
        .body(made);
  }

  @Operation(
      summary = "Change a service",
      description = "What is absent stays. Appointments that were made keep what was agreed.")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.SERVICE_NOT_FOUND})
  @Access({Role.OWNER, Role.OPERATOR})
  @PatchMapping(path = "/{serviceId}", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<ServiceDetails> change(
      @PathVariable @Positive long locationId,
      @PathVariable @Positive long serviceId,
      @RequestBody @Valid ServiceChange wanted,
      IfMatch expected,
      Caller.User caller) {
    return services
        .change(caller, locationId, serviceId, wanted, expected)
        .orThrow(CatalogRefusal::problem);
  }
}
