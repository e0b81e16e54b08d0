package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.slot.BarberChoice;
import dev.freshcut.bookingapi.slot.Refusal;
import dev.freshcut.bookingapi.slot.Schedules;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Writes;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Times that are kept for somebody for a while: appointments that are not yet any. */
@Service
class Holds {
  private final AppointmentTable table;
  private final HoldTable holds;
  private final Desk desk;
  private final Schedules schedules;
  private final Visitors visitors;
  private final Writes writes;
  private final AuditLog audit;
  private final HoldSettings settings;

  Holds(
      AppointmentTable table,
      HoldTable holds,
      Desk desk,
      Schedules schedules,
      Visitors visitors,
      Writes writes,
      AuditLog audit,
      HoldSettings settings) {
    this.table = table;
    this.holds = holds;
    this.desk = desk;
    this.schedules = schedules;
    this.visitors = visitors;
    this.writes = writes;
    this.audit = audit;
    this.settings = settings;
  }

  Outcome<Written<HoldView>, Refusal> create(Caller.User caller, NewHold wanted) {
    return writes.attempt(changes -> create(caller, wanted, changes));
  }

  private Outcome<HoldView, Refusal> create(
      Caller.User caller, NewHold wanted, RowChanges changes) {
    if (holds.countLive(caller.id()) >= settings.perUser()) {
      return Outcome.refused(new Refusal.TooManyHolds(settings.perUser()));
    }
    Desk.Wish wish =
        new Desk.Wish(
            wanted.locationId(),
            new BarberChoice(wanted.barberId()),
            wanted.serviceId(),
            Desk.booker(caller),
            null);
    return desk.place(wish, wanted.startsAt(), changes)
        .then(
            place -> {
              AppointmentTable.New row =
                  new AppointmentTable.New(
                      wanted.locationId(), wanted.serviceId(), place, wanted.startsAt(), null);
              AppointmentRow made = table.hold(row, settings.duration(), caller.id());
              changes.created(AppointmentTable.NAME, made.image());
              return Outcome.done(made.hold());
            });
  }

  /** Gives the time back; again changes nothing and is no failure. */
  Outcome<Written<HoldView>, Refusal> release(Caller.User caller, long id) {
    return writes.attempt(
        changes ->
            own(table.lock(id), caller, id)
                .then(
                    before -> {
                      if (before.status() == Status.EXPIRED) {
                        return Outcome.done(before.hold());
                      }
                      AppointmentRow after = table.setStatus(id, Status.EXPIRED, null);
                      changes.updated(AppointmentTable.NAME, before.image(), after.image());
                      return Outcome.done(after.hold());
                    }));
  }

  /** Makes it an appointment, of the same id: a hold that is not over keeps its promise. */
  Outcome<Written<AppointmentView>, Refusal> consume(
      Caller.User caller, long id, HeldAppointment wanted) {
    return writes.attempt(
        changes ->
            own(table.lock(id), caller, id)
                .then(
                    before -> {
                      if (before.status() == Status.EXPIRED || before.holdIsOver()) {
                        return Outcome.refused(new Refusal.NoHold(id));
                      }
                      return visitors
                          .toBook(caller, before.locationId(), wanted.customer(), 1)
                          .then(
                              visitor -> consume(caller, before, visitor, wanted.note(), changes));
                    }));
  }

  private Outcome<AppointmentView, Refusal> consume(
      Caller.User caller,
      AppointmentRow before,
      long visitor,
      @Nullable String note,
      RowChanges changes) {
    Status status =
        Desk.status(schedules.policy(before.locationId()).orElseThrow(), Desk.booker(caller));
    AppointmentRow after = table.consume(before.id(), status, visitor, note);
    changes.updated(AppointmentTable.NAME, before.image(), after.image());
    audit.recordOfStaff(caller, "appointment.create", "appointment:" + after.id(), Map.of());
    return Outcome.done(after.view(caller));
  }

  private static Outcome<AppointmentRow, Refusal> own(
      Optional<AppointmentRow> row, Caller.User caller, long id) {
    return Outcome.found(
        row.filter(found -> found.status().isHold() && found.isHeldBy(caller)),
        () -> new Refusal.NoHold(id));
  }
}
