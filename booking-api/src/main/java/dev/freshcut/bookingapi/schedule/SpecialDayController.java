package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.coherence.Written;
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
import java.time.LocalDate;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Hours")
@RestController
@RequestMapping("/api/v1/locations/{locationId}/special-days")
class SpecialDayController {
  private final SpecialDays days;

  SpecialDayController(SpecialDays days) {
    this.days = days;
  }

  @Operation(
      summary = "Dates that are not like their weekday, page by page",
      description = "The latest first, from the database; also those that are over.")
  @Fails(ProblemType.LOCATION_NOT_FOUND)
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping
  Page<SpecialDayView> list(
      @PathVariable @Positive long locationId, PageRequest page, Caller.User caller) {
    return days.page(caller, locationId, page).orThrow(ScheduleRefusal::problem);
  }

  @Operation(
      summary = "Close on a date, or have other hours",
      description =
          "Barbers work only within these hours, and not at all if there are none. Appointments stay;"
              + " the answer says which of that date there is no room for any more.")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.LIMIT_REACHED})
  @Access({Role.OWNER, Role.OPERATOR})
  @PutMapping(path = "/{date}", consumes = MediaType.APPLICATION_JSON_VALUE)
  Written<SpecialDayView> put(
      @PathVariable @Positive long locationId,
      @PathVariable LocalDate date,
      @RequestBody @Valid SpecialDayTerms wanted,
      IfMatch expected,
      Caller.User caller) {
    return days.put(caller, locationId, date, wanted, expected).orThrow(ScheduleRefusal::problem);
  }

  @Operation(
      summary = "Have a date be like its weekday again",
      description = "The answer is what was deleted.")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.SPECIAL_DAY_NOT_FOUND})
  @Access({Role.OWNER, Role.OPERATOR})
  @DeleteMapping("/{date}")
  Written<SpecialDayView> delete(
      @PathVariable @Positive long locationId,
      @PathVariable LocalDate date,
      IfMatch expected,
      Caller.User caller) {
    return days.delete(caller, locationId, date, expected).orThrow(ScheduleRefusal::problem);
  }
}
