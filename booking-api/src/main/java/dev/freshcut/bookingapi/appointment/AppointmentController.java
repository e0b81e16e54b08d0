package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
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

@Tag(name = "Appointments")
@RestController
@RequestMapping("/api/v1/appointments")
class AppointmentController {
  private final Appointments appointments;
  private final AppointmentList list;

  AppointmentController(Appointments appointments, AppointmentList list) {
    this.appointments = appointments;
    this.list = list;
  }

  @Operation(
      summary = "Appointments by their beginning, page by page",
      description =
          "Clients see their own; staff those of their location; operators say which location.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping
  Page<AppointmentView> list(
      @RequestParam(required = false) @Positive @Nullable Long location,
      @RequestParam(required = false) @Positive @Nullable Long barber,
      @Parameter(description = "First day, in the location's time zone")
          @RequestParam(required = false)
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate from,
      @Parameter(description = "Last day, in the location's time zone")
          @RequestParam(required = false)
          @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
          @Nullable LocalDate to,
      @RequestParam(required = false) @Nullable Status status,
      PageRequest page,
      Caller.User caller) {
    AppointmentFilter asked = new AppointmentFilter(location, null, barber, from, to, status);
    return list.page(asked.of(caller), page);
  }

  @Operation(summary = "An appointment, from the database")
  @Fails(ProblemType.APPOINTMENT_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping("/{id}")
  AppointmentView find(@PathVariable @Positive long id, Caller.User caller) {
    return appointments.find(caller, id);
  }

  @Operation(
      summary = "Make an appointment",
      description =
          "At any minute of the barber's working hours, not only at the slots offered. Clients book for"
              + " themselves and leave the customer out; staff say who comes.")
  @Fails({
    ProblemType.LOCATION_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.SERVICE_NOT_FOUND,
    ProblemType.SLOT_TAKEN,
    ProblemType.OUTSIDE_WORKING_HOURS,
    ProblemType.TOO_SHORT_NOTICE,
    ProblemType.BEYOND_HORIZON,
    ProblemType.CROSSES_MIDNIGHT
  })
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<AppointmentView>> create(
      @RequestBody @Valid NewAppointment wanted, Caller.User caller) {
    requireWholeMinute(wanted.startsAt());
    Written<AppointmentView> made = appointments.create(caller, wanted);
    return ResponseEntity.created(URI.create("/api/v1/appointments/" + made.value().id()))
        .body(made);
  }

  @Operation(summary = "Move an appointment to another time, another barber or both")
  @Fails({
    ProblemType.APPOINTMENT_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.SLOT_TAKEN,
    ProblemType.APPOINTMENT_CLOSED,
    ProblemType.OUTSIDE_WORKING_HOURS,
    ProblemType.TOO_SHORT_NOTICE,
    ProblemType.BEYOND_HORIZON,
    ProblemType.CROSSES_MIDNIGHT
  })
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PostMapping(path = "/{id}/move", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<AppointmentView> move(
      @PathVariable @Positive long id,
      @RequestBody @Valid Move wanted,
      IfMatch expected,
      Caller.User caller) {
    requireWholeMinute(wanted.startsAt());
    return appointments.move(caller, id, wanted, expected);
  }

  @Operation(
      summary = "Cancel an appointment",
      description = "Cancelling a cancelled appointment again changes nothing.")
  @Fails({ProblemType.APPOINTMENT_NOT_FOUND, ProblemType.APPOINTMENT_CLOSED})
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PostMapping("/{id}/cancel")
  Written<AppointmentView> cancel(
      @PathVariable @Positive long id, IfMatch expected, Caller.User caller) {
    return appointments.cancel(caller, id, expected);
  }

  private static void requireWholeMinute(Instant start) {
    if (!start.equals(start.truncatedTo(ChronoUnit.MINUTES))) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID_REQUEST,
              "See errors.",
              new Problem.FieldError("startsAt", "must be a whole minute")));
    }
  }
}
