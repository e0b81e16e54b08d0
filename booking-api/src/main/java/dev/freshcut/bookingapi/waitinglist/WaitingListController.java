package dev.freshcut.bookingapi.waitinglist;

import dev.freshcut.bookingapi.appointment.AppointmentView;
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

@Tag(name = "Waiting list")
@RestController
@RequestMapping("/api/v1/waiting-list")
class WaitingListController {
  private final WaitingList waitingList;
  private final EntryTable table;

  WaitingListController(WaitingList waitingList, EntryTable table) {
    this.waitingList = waitingList;
    this.table = table;
  }

  @Operation(
      summary = "Entries of the waiting list in the order in which they came, page by page",
      description =
          "Clients see their own; staff those of their location; operators say which location.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping
  Page<EntryView> list(
      @RequestParam(required = false) @Positive @Nullable Long location,
      @RequestParam(required = false) @Nullable State state,
      PageRequest page,
      Caller.User caller) {
    return table.page(ListScope.of(caller, location), state, page);
  }

  @Operation(summary = "An entry of the waiting list, from the database")
  @Fails(ProblemType.WAITING_LIST_ENTRY_NOT_FOUND)
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping("/{id}")
  EntryView find(@PathVariable @Positive long id, Caller.User caller) {
    return waitingList.find(caller, id).orThrow(EntryRefusal::problem);
  }

  @Operation(
      summary = "Wait for time to become free",
      description =
          "What becomes free, or is free already, is offered to those who wait in the order in"
              + " which they came: it is held for them for a while.")
  @Fails({
    ProblemType.LOCATION_NOT_FOUND,
    ProblemType.BARBER_NOT_FOUND,
    ProblemType.SERVICE_NOT_FOUND,
    ProblemType.SERVICE_NOT_OFFERED,
    ProblemType.WAITING_LIST_FULL
  })
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<EntryView>> create(
      @RequestBody @Valid NewEntry wanted, Caller.User caller) {
    Reception.requireCustomerOfStaff(caller, wanted.customer());
    Reception.requireOwnLocation(caller, wanted.locationId());
    Written<EntryView> made = waitingList.create(caller, wanted).orThrow(EntryRefusal::problem);
    return ResponseEntity.created(URI.create("/api/v1/waiting-list/" + made.value().id()))
        .body(made);
  }

  @Operation(summary = "Take what is offered: it becomes an appointment")
  @Fails({
    ProblemType.WAITING_LIST_ENTRY_NOT_FOUND,
    ProblemType.WAITING_LIST_ENTRY_CLOSED,
    ProblemType.TOO_MANY_APPOINTMENTS
  })
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(path = "/{id}/accept", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Written<AppointmentView>> acceptOffer(
      @PathVariable @Positive long id,
      @RequestBody @Valid Acceptance wanted,
      IfMatch expected,
      Caller.User caller) {
    Written<AppointmentView> made =
        waitingList.accept(caller, id, wanted, expected).orThrow(EntryRefusal::problem);
    return ResponseEntity.created(URI.create("/api/v1/appointments/" + made.value().id()))
        .body(made);
  }

  @Operation(
      summary = "Leave what is offered to others",
      description = "It ends the wait; again changes nothing.")
  @Fails({ProblemType.WAITING_LIST_ENTRY_NOT_FOUND, ProblemType.WAITING_LIST_ENTRY_CLOSED})
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PostMapping("/{id}/decline")
  Written<EntryView> declineOffer(
      @PathVariable @Positive long id, IfMatch expected, Caller.User caller) {
    return waitingList.decline(caller, id, expected).orThrow(EntryRefusal::problem);
  }

  @Operation(
      summary = "Wait no longer",
      description = "Gives back what is offered, if anything is; again changes nothing.")
  @Fails({ProblemType.WAITING_LIST_ENTRY_NOT_FOUND, ProblemType.WAITING_LIST_ENTRY_CLOSED})
  @Access({Role.CLIENT, Role.BARBER, Role.OWNER, Role.OPERATOR})
  @PostMapping("/{id}/cancel")
  Written<EntryView> cancel(@PathVariable @Positive long id, IfMatch expected, Caller.User caller) {
    return waitingList.cancel(caller, id, expected).orThrow(EntryRefusal::problem);
  }
}
