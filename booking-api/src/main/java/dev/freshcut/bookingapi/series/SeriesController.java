package dev.freshcut.bookingapi.series;

import dev.freshcut.bookingapi.appointment.Reception;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.ListScope;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.web.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Series")
@RestController
@RequestMapping("/api/v1/series")
class SeriesController {
  private final SeriesService series;
  private final SeriesTable table;
  private final SeriesDesk desk;

  SeriesController(SeriesService series, SeriesTable table, SeriesDesk desk) {
    this.series = series;
    this.table = table;
    this.desk = desk;
  }

  @Operation(
      summary = "Series, the newest first, page by page",
      description =
          "Clients see their own; staff those of their location; operators say which location.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping
  Page<SeriesSummary> list(
      @RequestParam(required = false) @Positive @Nullable Long location,
      PageRequest page,
      Caller.User caller) {
    return table.page(ListScope.of(caller, location), page);
  }

  @Operation(summary = "A series with its occurrences, from the database")
  @Fails(ProblemType.SERIES_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping("/{id}")
  SeriesView find(@PathVariable @Positive long id, Caller.User caller) {
    return desk.answer(series.find(caller, id));
  }

  @Operation(
      summary = "Make an appointment every so many weeks",
      description =
          "All of them or none, unless dates without room are to be skipped. Each is an appointment"
              + " like others: to skip or move one, cancel or move it.")
  @Fails({
    ProblemType.LOCATION_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.SERVICE_NOT_FOUND,
    ProblemType.SERVICE_NOT_OFFERED,
    ProblemType.SERIES_CONFLICT,
    ProblemType.TOO_MANY_APPOINTMENTS,
    ProblemType.TOO_SHORT_NOTICE,
    ProblemType.PAST_CUT_OFF,
    ProblemType.BEYOND_HORIZON
  })
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<SeriesView>> create(
      @RequestBody @Valid NewSeries wanted, Caller.User caller) {
    Reception.requireCustomerOfStaff(caller, wanted.customer());
    Reception.requireOwnLocation(caller, wanted.locationId());
    Written<SeriesView> made = desk.answer(series.create(caller, wanted));
    return ResponseEntity.created(URI.create("/api/v1/series/" + made.value().id())).body(made);
  }

  @Operation(
      summary = "Go on with a series after its last date",
      description = "In the same rhythm, at the same time and with the same barber.")
  @Fails({
    ProblemType.SERIES_NOT_FOUND,
    ProblemType.SERIES_CANCELLED,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.SERVICE_NOT_FOUND,
    ProblemType.SERVICE_NOT_OFFERED,
    ProblemType.SERIES_CONFLICT,
    ProblemType.TOO_MANY_APPOINTMENTS,
    ProblemType.TOO_SHORT_NOTICE,
    ProblemType.PAST_CUT_OFF,
    ProblemType.BEYOND_HORIZON
  })
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PostMapping(path = "/{id}/extend", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<SeriesView> extendSeries(
      @PathVariable @Positive long id,
      @RequestBody @Valid MoreOccurrences wanted,
      IfMatch expected,
      Caller.User caller) {
    return desk.answer(series.extend(caller, id, wanted, expected));
  }

  @Operation(
      summary = "Cancel a series from a date on",
      description =
          "All its appointments that have yet to begin, or none: for clients all must be outside of"
              + " the cancellation window. Again changes nothing.")
  @Fails({ProblemType.SERIES_NOT_FOUND, ProblemType.TOO_LATE_TO_CHANGE})
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PostMapping(path = "/{id}/cancel", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<SeriesView> cancel(
      @PathVariable @Positive long id,
      @RequestBody @Valid SeriesCancellation wanted,
      IfMatch expected,
      Caller.User caller) {
    return desk.answer(series.cancel(caller, id, wanted, expected));
  }
}
