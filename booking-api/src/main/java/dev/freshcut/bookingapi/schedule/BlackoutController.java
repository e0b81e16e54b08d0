package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.schedule.Absences.Whose;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
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
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Schedules")
@RestController
@RequestMapping("/api/v1/locations/{locationId}/blackouts")
class BlackoutController {
  private final Absences absences;

  BlackoutController(Absences absences) {
    this.absences = absences;
  }

  @Operation(
      summary = "When nobody of a location works, page by page",
      description = "The latest first, from the database.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.OWNER, Role.OPERATOR})
  @GetMapping
  Page<AbsenceView> list(
      @PathVariable @Positive long locationId, PageRequest page, Caller.User caller) {
    return absences
        .page(caller, new Whose(locationId, null), page)
        .orThrow(ScheduleRefusal::problem);
  }

  @Operation(
      summary = "Plan when nobody of a location works",
      description = "Appointments stay; the answer says which there is no room for any more.")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.LIMIT_REACHED})
  @Access({Role.OWNER, Role.OPERATOR})
  @ResponseStatus(HttpStatus.CREATED)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<AbsenceView> create(
      @PathVariable @Positive long locationId,
      @RequestBody @Valid NewAbsence wanted,
      Caller.User caller) {
    return absences
        .create(caller, new Whose(locationId, null), wanted)
        .orThrow(ScheduleRefusal::problem);
  }

  @Operation(
      summary = "Have a location work again",
      description = "The answer is what was deleted.")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.BLACKOUT_NOT_FOUND})
  @Access({Role.OWNER, Role.OPERATOR})
  @DeleteMapping("/{blackoutId}")
  Written<AbsenceView> delete(
      @PathVariable @Positive long locationId,
      @PathVariable @Positive long blackoutId,
      IfMatch expected,
      Caller.User caller) {
    return absences
        .delete(caller, new Whose(locationId, null), blackoutId, expected)
        .orThrow(ScheduleRefusal::problem);
  }
}
