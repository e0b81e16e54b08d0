package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.Missing;
import dev.freshcut.bookingapi.web.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Positive;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Locations")
@RestController
@RequestMapping("/api/v1/locations/{locationId}/catalog")
class CatalogController {
  private final Places places;
  private final BarberWrites barbers;
  private final ServiceWrites services;

  CatalogController(Places places, BarberWrites barbers, ServiceWrites services) {
    this.places = places;
    this.barbers = barbers;
    this.services = services;
  }

  @Operation(
      summary = "A location's barbers and services, from the database",
      description = "Also those that can no longer be booked, with their versions.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping
  Catalog catalog(@PathVariable @Positive long locationId, Caller.User caller) {
    if (places.zone(caller, locationId).isEmpty()) {
      throw Missing.location(locationId);
    }
    return new Catalog(barbers.all(locationId), services.all(locationId));
  }
}
