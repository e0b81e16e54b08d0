package dev.freshcut.bookingapi.appointment;

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
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.LocalDate;
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

@Tag(name = "Appointments")
@RestController
@RequestMapping("/api/v1/appointments")
class AppointmentController {
  private final Appointments appointments;
  private final AppointmentList list;
  private final Reception reception;

  AppointmentController(Appointments appointments, AppointmentList list, Reception reception) {
    this.appointments = appointments;
    this.list = list;
    this.reception = reception;
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
      @RequestParam(required = false) @Positive @Nullable Long customer,
      @RequestParam(required = false) @Positive @Nullable Long barber,
      @Parameter(description = "First day, in the location's time zone")
          @RequestParam(required = false)
          @Nullable LocalDate from,
      @Parameter(description = "Last day, in the location's time zone")
          @RequestParam(required = false)
          @Nullable LocalDate to,
      @RequestParam(required = false) @Nullable Status status,
      PageRequest page,
      Caller.User caller) {
    AppointmentFilter filter =
        new AppointmentFilter(ListScope.of(caller, location), customer, barber, from, to, status);
    return list.page(filter, page, caller);
  }

  @Operation(summary = "An appointment, from the database")
  @Fails(ProblemType.APPOINTMENT_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping("/{id}")
  AppointmentView find(@PathVariable @Positive long id, Caller.User caller) {
    return reception.answer(appointments.find(caller, id)).view(caller);
  }

  @Operation(
      summary = "Make an appointment",
      description =
          "At any minute of the barber's working hours, not only at the slots offered. Clients book"
              + " for themselves and leave the customer out; staff say who comes. Without a"
              + " barber, whoever is free does it, the one with least to do that day first. If the time"
              + " is taken, the answer has the nearest that are free.")
  @Fails({
    ProblemType.LOCATION_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.SERVICE_NOT_FOUND,
    ProblemType.SERVICE_NOT_OFFERED,
    ProblemType.SLOT_TAKEN,
    ProblemType.TOO_MANY_APPOINTMENTS,
    ProblemType.OUTSIDE_WORKING_HOURS,
    ProblemType.TOO_SHORT_NOTICE,
    ProblemType.PAST_CUT_OFF,
    ProblemType.BEYOND_HORIZON,
    ProblemType.CROSSES_MIDNIGHT
  })
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<AppointmentView>> create(
      @RequestBody @Valid NewAppointment wanted, Caller.User caller) {
    Reception.requireWholeMinute(wanted.startsAt());
    Reception.requireCustomerOfStaff(caller, wanted.customer());
    Reception.requireOwnLocation(caller, wanted.locationId());
    Written<AppointmentView> made =
        reception.answer(
            appointments.create(caller, wanted),
            wanted.locationId(),
            wanted.barberId(),
            wanted.serviceId(),
            wanted.startsAt());
    return ResponseEntity.created(URI.create("/api/v1/appointments/" + made.value().id()))
        .body(made);
  }

  @Operation(summary = "Move an appointment to another time, another barber or both")
  @Fails({
    ProblemType.APPOINTMENT_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.SERVICE_NOT_OFFERED,
    ProblemType.SLOT_TAKEN,
    ProblemType.APPOINTMENT_CLOSED,
    ProblemType.TOO_LATE_TO_CHANGE,
    ProblemType.OUTSIDE_WORKING_HOURS,
    ProblemType.TOO_SHORT_NOTICE,
    ProblemType.PAST_CUT_OFF,
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
    Reception.requireWholeMinute(wanted.startsAt());
    AppointmentRow row = reception.answer(appointments.find(caller, id));
    return reception.answer(
        appointments.move(caller, id, wanted, expected),
        row.locationId(),
        wanted.barberId() == null ? Long.valueOf(row.barberId()) : wanted.barberId(),
        wanted.startsAt(),
        row.moved());
  }

  @Operation(
      summary = "Cancel an appointment",
      description = "Cancelling a cancelled appointment again changes nothing.")
  @Fails({
    ProblemType.APPOINTMENT_NOT_FOUND,
    ProblemType.APPOINTMENT_CLOSED,
    ProblemType.TOO_LATE_TO_CHANGE
  })
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PostMapping("/{id}/cancel")
  Written<AppointmentView> cancel(
      @PathVariable @Positive long id, IfMatch expected, Caller.User caller) {
    return reception.answer(appointments.cancel(caller, id, expected));
  }

  @Operation(summary = "Confirm a pending appointment", description = "Again changes nothing.")
  @Fails({ProblemType.APPOINTMENT_NOT_FOUND, ProblemType.APPOINTMENT_CLOSED})
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PostMapping("/{id}/confirm")
  Written<AppointmentView> confirm(
      @PathVariable @Positive long id, IfMatch expected, Caller.User caller) {
    return reception.answer(appointments.become(caller, Status.CONFIRMED, id, expected));
  }

  @Operation(
      summary = "Note that an appointment took place",
      description = "Again changes nothing.")
  @Fails({
    ProblemType.APPOINTMENT_NOT_FOUND,
    ProblemType.APPOINTMENT_CLOSED,
    ProblemType.APPOINTMENT_NOT_BEGUN
  })
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PostMapping("/{id}/complete")
  Written<AppointmentView> complete(
      @PathVariable @Positive long id, IfMatch expected, Caller.User caller) {
    return reception.answer(appointments.become(caller, Status.COMPLETED, id, expected));
  }

  @Operation(
      summary = "Note that the customer did not come",
      description = "Again changes nothing.")
  @Fails({
    ProblemType.APPOINTMENT_NOT_FOUND,
    ProblemType.APPOINTMENT_CLOSED,
    ProblemType.APPOINTMENT_NOT_BEGUN
  })
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PostMapping("/{id}/no-show")
  Written<AppointmentView> noShow(
      @PathVariable @Positive long id, IfMatch expected, Caller.User caller) {
    return reception.answer(appointments.become(caller, Status.NO_SHOW, id, expected));
  }
}
