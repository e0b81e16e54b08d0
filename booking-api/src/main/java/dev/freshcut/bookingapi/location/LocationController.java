package dev.freshcut.bookingapi.location;

import dev.freshcut.bookingapi.security.PublicAccess;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.CoherentCache;
import dev.freshcut.coherentcache.Consistency;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.coherentcache.model.Family;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;

@Tag(name = "Locations")
@RestController
@RequestMapping("/api/v1/locations")
class LocationController {
  private static final TypeReference<List<ServiceView>> SERVICES = new TypeReference<>() {};
  private static final TypeReference<List<BarberView>> BARBERS = new TypeReference<>() {};

  private final Locations locations;
  private final CoherentCache cache;
  private final Family services;
  private final Family barbers;

  LocationController(Locations locations, CoherentCache cache, CacheModel model) {
    this.locations = locations;
    this.cache = cache;
    this.services = model.family("services");
    this.barbers = model.family("barbers");
  }

  @Operation(summary = "All locations, page by page")
  @PublicAccess
  @GetMapping
  Page<Location> locations(PageRequest page) {
    return page.load(
        "locations by id",
        1,
        (last, count) -> locations.after(last == null ? 0 : last.getFirst(), count),
        location -> List.of(location.id()));
  }

  @Operation(summary = "The services that can be booked at a location")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @PublicAccess
  @GetMapping("/{locationId}/services")
  Answer<List<ServiceView>> services(
      @PathVariable @Positive long locationId, Consistency consistency) {
    return cache.get(
        services.key(locationId),
        SERVICES,
        consistency,
        () -> locations.activeServices(locationId));
  }

  @Operation(summary = "The barbers who can be booked at a location")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @PublicAccess
  @GetMapping("/{locationId}/barbers")
  Answer<List<BarberView>> barbers(
      @PathVariable @Positive long locationId, Consistency consistency) {
    return cache.get(
        barbers.key(locationId), BARBERS, consistency, () -> locations.activeBarbers(locationId));
  }
}
