package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.PublicAccess;
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
@RequestMapping("/api/v1/locations")
class LocationWriteController {
  private final LocationWrites locations;

  LocationWriteController(LocationWrites locations) {
    this.locations = locations;
  }

  @Operation(summary = "A location, from the database")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @PublicAccess
  @GetMapping("/{locationId}")
  LocationDetails find(@PathVariable @Positive long locationId) {
    return locations.find(locationId).orThrow(CatalogRefusal::problem);
  }

  @Operation(summary = "Open a location")
  @Access(Role.OPERATOR)
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<LocationDetails>> create(
      @RequestBody @Valid NewLocation wanted, Caller.User caller) {
    Written<LocationDetails> made =
        locations.create(caller, wanted).orThrow(CatalogRefusal::problem);
    return ResponseEntity.created(URI.create("/api/v1/locations/" + made.value().id())).body(made);
  }

  @Operation(
      summary = "Change a location's name or time zone",
      description =
          "What is absent stays. Another zone leaves hours at their local time and appointments at"
              + " theirs; the answer says which of these there is no room for any more.")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.APPOINTMENTS_OVER_MIDNIGHT})
  @Access({Role.OWNER, Role.OPERATOR})
  @PatchMapping(path = "/{locationId}", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<LocationDetails> change(
      @PathVariable @Positive long locationId,
      @RequestBody @Valid LocationChange wanted,
      IfMatch expected,
      Caller.User caller) {
    return locations.change(caller, locationId, wanted, expected).orThrow(CatalogRefusal::problem);
  }
}
