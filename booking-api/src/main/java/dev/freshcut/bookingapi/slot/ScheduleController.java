package dev.freshcut.bookingapi.slot;

import dev.freshcut.bookingapi.coherence.Answers;
import dev.freshcut.bookingapi.coherence.View;
import dev.freshcut.bookingapi.security.Access;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.web.Fails;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.coherentcache.Answer;
import dev.freshcut.coherentcache.Consistency;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Positive;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Schedules")
@RestController
@RequestMapping("/api/v1/locations/{locationId}/barbers/{barberId}")
class ScheduleController {
  private final View<BarberDay, DaySchedule> schedules;
  private final View<BarberDay, DayConflicts> conflicts;
  private final Clock clock;

  ScheduleController(
      View<BarberDay, DaySchedule> schedules,
      View<BarberDay, DayConflicts> conflicts,
      Clock clock) {
    this.schedules = schedules;
    this.conflicts = conflicts;
    this.clock = clock;
  }

  @Operation(
      summary = "A barber's hours, absences and appointments from one date to another",
      description = "At most 31 dates of the location's.")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.BARBER_NOT_FOUND})
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping("/schedule")
  Answer<ScheduleView> schedule(
      @PathVariable @Positive long locationId,
      @PathVariable @Positive long barberId,
      @RequestParam LocalDate from,
      @RequestParam LocalDate to,
      Consistency consistency,
      Caller.User caller) {
    requireOwnLocation(caller, locationId);
    DateBounds.Dates dates = DateBounds.range(from, to, clock.instant());
    return Answers.combine(
        schedules.getAll(
            dates.all().map(date -> new BarberDay(locationId, barberId, date)).toList(),
            consistency),
        found -> ScheduleView.of(locationId, barberId, found));
  }

  @Operation(summary = "A barber's appointments on a date that her hours no longer have room for")
  @Fails({ProblemType.LOCATION_NOT_FOUND, ProblemType.BARBER_NOT_FOUND})
  @Access({Role.BARBER, Role.OWNER, Role.OPERATOR})
  @GetMapping("/conflicts")
  Answer<ConflictsView> conflicts(
      @PathVariable @Positive long locationId,
      @PathVariable @Positive long barberId,
      @RequestParam LocalDate date,
      Consistency consistency,
      Caller.User caller) {
    requireOwnLocation(caller, locationId);
    BarberDay day =
        new BarberDay(locationId, barberId, DateBounds.near("date", date, clock.instant()));
    return conflicts.get(day, consistency).map(found -> ConflictsView.of(day, found));
  }

  /** Another location's schedule is not there for the caller. */
  private static void requireOwnLocation(Caller.User caller, long locationId) {
    if (!caller.mayWorkAt(locationId)) {
      throw new ProblemException(Refusals.problem(new Refusal.NoLocation(locationId)));
    }
  }
}
