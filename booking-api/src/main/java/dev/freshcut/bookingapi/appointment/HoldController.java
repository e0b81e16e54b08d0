package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Holds")
@RestController
@RequestMapping("/api/v1/holds")
class HoldController {
  private final Holds holds;
  private final Reception reception;

  HoldController(Holds holds, Reception reception) {
    this.holds = holds;
    this.reception = reception;
  }

  @Operation(
      summary = "Keep a time for a while",
      description =
          "Nobody else can book it until it expires, is released, or has become an appointment.")
  @Fails({
    ProblemType.LOCATION_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.SERVICE_NOT_FOUND,
    ProblemType.SERVICE_NOT_OFFERED,
    ProblemType.SLOT_TAKEN,
    ProblemType.TOO_MANY_HOLDS,
    ProblemType.OUTSIDE_WORKING_HOURS,
    ProblemType.TOO_SHORT_NOTICE,
    ProblemType.PAST_CUT_OFF,
    ProblemType.BEYOND_HORIZON,
    ProblemType.CROSSES_MIDNIGHT
  })
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<HoldView> create(@RequestBody @Valid NewHold wanted, Caller.User caller) {
    Reception.requireWholeMinute(wanted.startsAt());
    Reception.requireOwnLocation(caller, wanted.locationId());
    return reception.answer(
        holds.create(caller, wanted),
        wanted.locationId(),
        wanted.barberId(),
        wanted.serviceId(),
        wanted.startsAt());
  }

  @Operation(
      summary = "Give a hold's time back",
      description = "Releasing it again changes nothing.")
  @Fails(ProblemType.HOLD_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PostMapping("/{id}/release")
  Written<HoldView> release(@PathVariable @Positive long id, Caller.User caller) {
    return reception.answer(holds.release(caller, id));
  }

  @Operation(summary = "Make a hold an appointment, which has the same id")
  @Fails({ProblemType.HOLD_NOT_FOUND, ProblemType.TOO_MANY_APPOINTMENTS})
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(path = "/{id}/appointment", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<AppointmentView>> consume(
      @PathVariable @Positive long id,
      @RequestBody @Valid HeldAppointment wanted,
      Caller.User caller) {
    Reception.requireCustomerOfStaff(caller, wanted.customer());
    return ResponseEntity.created(URI.create("/api/v1/appointments/" + id))
        .body(reception.answer(holds.consume(caller, id, wanted)));
  }
}
