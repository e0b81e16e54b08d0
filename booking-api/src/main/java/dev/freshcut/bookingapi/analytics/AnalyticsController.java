package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.coherence.View;
import dev.freshcut.bookingapi.ratelimit.Limited;
import dev.freshcut.bookingapi.ratelimit.Resource;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.slot.BookingPolicy;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.Missing;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.Consistency;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Analytics")
@RestController
@Limited(Resource.ANALYTICS)
@RequestMapping("/api/v1/locations/{locationId}/analytics")
class AnalyticsController {
  private static final String DATES = "From and to are local dates, both included; at most 366.";

  private final View<Dashboards.Key, DashboardView> dashboard;
  private final View<Revenues.Key, RevenueView> revenue;
  private final View<Clients.Key, ClientsView> clients;
  private final View<Period, ServicesView> services;
  private final View<Period, BusinessView> business;
  private final View<Long, BookingPolicy> settings;
  private final Clock clock;

  AnalyticsController(
      View<Dashboards.Key, DashboardView> dashboard,
      View<Revenues.Key, RevenueView> revenue,
      View<Clients.Key, ClientsView> clients,
      View<Period, ServicesView> services,
      View<Period, BusinessView> business,
      View<Long, BookingPolicy> settings,
      Clock clock) {
    this.dashboard = dashboard;
    this.revenue = revenue;
    this.clients = clients;
    this.services = services;
    this.business = business;
    this.settings = settings;
    this.clock = clock;
  }

  @Operation(summary = "Today and this week, beside the day and the week before")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @GetMapping("/dashboard")
  Answer<DashboardView> dashboard(
      @PathVariable @Positive long locationId, Consistency consistency, Caller.User caller) {
    requireOwnLocation(caller, locationId);
    return dashboard.get(
        new Dashboards.Key(locationId, today(locationId, consistency)), consistency);
  }

  @Operation(summary = "What was taken, by time, service and barber", description = DATES)
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @GetMapping("/revenue")
  Answer<RevenueView> revenue(
      @PathVariable @Positive long locationId,
      @RequestParam LocalDate from,
      @RequestParam LocalDate to,
      @Parameter(description = "Into what the period is cut; weeks are ISO 8601's")
          @RequestParam(defaultValue = "day")
          Unit by,
      Consistency consistency,
      Caller.User caller) {
    Period period = period(caller, locationId, from, to);
    return revenue.get(new Revenues.Key(period, by), consistency);
  }

  @Operation(
      operationId = "clientFigures",
      summary = "Who came, who came again, and who brings most",
      description = DATES)
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @GetMapping("/clients")
  Answer<ClientsView> clients(
      @PathVariable @Positive long locationId,
      @RequestParam LocalDate from,
      @RequestParam LocalDate to,
      @Parameter(description = "Days in which who came may come again, to be retained")
          @RequestParam(defaultValue = "60")
          @Min(1) @Max(Period.MAX_DAYS) int within,
      Consistency consistency,
      Caller.User caller) {
    Period period = period(caller, locationId, from, to);
    LocalDate today = today(locationId, consistency);
    return clients.get(new Clients.Key(period, within, today), consistency);
  }

  @Operation(
      operationId = "serviceFigures",
      summary = "What was booked, and what it brought",
      description = DATES)
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @GetMapping("/services")
  Answer<ServicesView> services(
      @PathVariable @Positive long locationId,
      @RequestParam LocalDate from,
      @RequestParam LocalDate to,
      Consistency consistency,
      Caller.User caller) {
    return services.get(period(caller, locationId, from, to), consistency);
  }

  @Operation(
      operationId = "businessFigures",
      summary = "Occupancy, peak hours and five scores",
      description = DATES)
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @GetMapping("/business")
  Answer<BusinessView> business(
      @PathVariable @Positive long locationId,
      @RequestParam LocalDate from,
      @RequestParam LocalDate to,
      Consistency consistency,
      Caller.User caller) {
    return business.get(period(caller, locationId, from, to), consistency);
  }

  private static Period period(Caller.User caller, long locationId, LocalDate from, LocalDate to) {
    requireOwnLocation(caller, locationId);
    return Period.of(locationId, from, to);
  }

  private LocalDate today(long locationId, Consistency consistency) {
    return settings.get(locationId, consistency).value().localDate(clock.instant());
  }

  /** Another location's figures are not there for the caller. */
  private static void requireOwnLocation(Caller.User caller, long locationId) {
    if (!caller.mayWorkAt(locationId)) {
      throw Missing.location(locationId);
    }
  }
}
