package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.slot.BarberChoice;
import dev.freshcut.bookingapi.slot.Refusal;
import dev.freshcut.bookingapi.slot.Schedules;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Writes;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;

/** What can be done with appointments. */
@Service
class Appointments {
  private static final Map<Status, String> ACTIONS =
      Map.of(
          Status.CONFIRMED, "confirm",
          Status.COMPLETED, "complete",
          Status.NO_SHOW, "no-show",
          Status.CANCELLED, "cancel");

  private final AppointmentTable table;
  private final Desk desk;
  private final Schedules schedules;
  private final Visitors visitors;
  private final Writes writes;
  private final AuditLog audit;
  private final Clock clock;

  Appointments(
      AppointmentTable table,
      Desk desk,
      Schedules schedules,
      Visitors visitors,
      Writes writes,
      AuditLog audit,
      Clock clock) {
    this.table = table;
    this.desk = desk;
    this.schedules = schedules;
    this.visitors = visitors;
    this.writes = writes;
    this.audit = audit;
    this.clock = clock;
  }

  Outcome<AppointmentRow, Refusal> find(Caller.User caller, long id) {
    return appointment(table.find(id), caller, id);
  }

  Outcome<Written<AppointmentView>, Refusal> create(Caller.User caller, NewAppointment wanted) {
    return writes.attempt(changes -> create(caller, wanted, changes));
  }

  private Outcome<AppointmentView, Refusal> create(
      Caller.User caller, NewAppointment wanted, RowChanges changes) {
    Desk.Wish wish =
        new Desk.Wish(
            wanted.locationId(),
            new BarberChoice(wanted.barberId()),
            wanted.serviceId(),
            Desk.booker(caller),
            null);
    return desk.place(wish, wanted.startsAt(), changes)
        .then(
            place ->
                visitors
                    .toBook(caller, wanted.locationId(), wanted.customer(), 1)
                    .then(
                        visitor ->
                            create(
                                caller,
                                new AppointmentTable.New(
                                    wanted.locationId(),
                                    wanted.serviceId(),
                                    place,
                                    wanted.startsAt(),
                                    visitor),
                                wanted.note(),
                                changes)));
  }

  private Outcome<AppointmentView, Refusal> create(
      Caller.User caller, AppointmentTable.New row, @Nullable String note, RowChanges changes) {
    AppointmentRow made = table.insert(row, note);
    changes.created(AppointmentTable.NAME, made.image());
    audit(caller, "appointment.create", made.id());
    return Outcome.done(made.view(caller));
  }

  Outcome<Written<AppointmentView>, Refusal> move(
      Caller.User caller, long id, Move wanted, IfMatch expected) {
    return writes.attempt(changes -> move(caller, id, wanted, expected, changes));
  }

  private Outcome<AppointmentView, Refusal> move(
      Caller.User caller, long id, Move wanted, IfMatch expected, RowChanges changes) {
    return appointment(table.find(id), caller, id)
        .then(
            seen -> {
              long barberId = wanted.barberId() == null ? seen.barberId() : wanted.barberId();
              table.lockLocation(seen.locationId());
              table.lockBarbers(seen.locationId(), barberId);
              return expected(appointment(table.lock(id), caller, id), caller, expected)
                  .then(before -> changeable(caller, before, "moved"))
                  .then(before -> move(caller, before, barberId, wanted, changes));
            });
  }

  private Outcome<AppointmentView, Refusal> move(
      Caller.User caller, AppointmentRow before, long barberId, Move wanted, RowChanges changes) {
    if (wanted.barberId() == null && before.barberId() != barberId) {
      throw new OptimisticLockingFailureException("it was moved to another barber meanwhile");
    }
    Desk.Wish wish =
        new Desk.Wish(
            before.locationId(),
            BarberChoice.of(barberId),
            before.serviceId(),
            Desk.booker(caller),
            before);
    return desk.place(wish, wanted.startsAt(), changes)
        .then(
            place -> {
              AppointmentRow after = table.move(before.id(), place, wanted.startsAt());
              changes.updated(AppointmentTable.NAME, before.image(), after.image());
              audit(caller, "appointment.move", after.id());
              return Outcome.done(after.view(caller));
            });
  }

  /** Cancelling again changes nothing and is no failure, so that a client may repeat it. */
  Outcome<Written<AppointmentView>, Refusal> cancel(Caller.User caller, long id, IfMatch expected) {
    return writes.attempt(
        changes ->
            expected(appointment(table.lock(id), caller, id), caller, expected)
                .then(
                    before ->
                        before.status() == Status.CANCELLED
                            ? Outcome.done(before.view(caller))
                            : changeable(caller, before, "cancelled")
                                .then(open -> become(caller, Status.CANCELLED, open, changes))));
  }

  /** Confirms, completes, or notes that the customer did not come; again changes nothing. */
  Outcome<Written<AppointmentView>, Refusal> become(
      Caller.User caller, Status status, long id, IfMatch expected) {
    return writes.attempt(
        changes ->
            expected(appointment(table.lock(id), caller, id), caller, expected)
                .then(before -> become(caller, status, before, changes)));
  }

  private Outcome<AppointmentView, Refusal> become(
      Caller.User caller, Status status, AppointmentRow before, RowChanges changes) {
    if (before.status() == status) {
      return Outcome.done(before.view(caller));
    }
    if (!before.status().mayBecome(status)) {
      return Outcome.refused(new Refusal.Closed(before.status().text(), status.text()));
    }
    if ((status == Status.COMPLETED || status == Status.NO_SHOW)
        && clock.instant().isBefore(before.startsAt())) {
      return Outcome.refused(new Refusal.NotBegun(before.startsAt()));
    }
    AppointmentRow after =
        table.setStatus(before.id(), status, status == Status.CANCELLED ? caller.role() : null);
    changes.updated(AppointmentTable.NAME, before.image(), after.image());
    audit(caller, "appointment." + ACTIONS.get(status), after.id());
    return Outcome.done(after.view(caller));
  }

  private Outcome<AppointmentRow, Refusal> changeable(
      Caller.User caller, AppointmentRow row, String wanted) {
    if (!row.status().isOpen()) {
      return Outcome.refused(new Refusal.Closed(row.status().text(), wanted));
    }
    return schedules
        .policy(row.locationId())
        .orElseThrow()
        .changeRefusal(row.startsAt(), clock.instant(), Desk.booker(caller))
        .<Outcome<AppointmentRow, Refusal>>map(Outcome::refused)
        .orElseGet(() -> Outcome.done(row));
  }

  /** Another's appointment is not there for the caller, nor is a hold. */
  private static Outcome<AppointmentRow, Refusal> appointment(
      Optional<AppointmentRow> row, Caller.User caller, long id) {
    return Outcome.found(
        row.filter(found -> !found.status().isHold() && found.isFor(caller)),
        () -> new Refusal.NoAppointment(id));
  }

  /** The header's condition holds, or the request ends with 412. */
  private static Outcome<AppointmentRow, Refusal> expected(
      Outcome<AppointmentRow, Refusal> found, Caller.User caller, IfMatch expected) {
    if (found instanceof Outcome.Done<AppointmentRow, Refusal> done) {
      expected.require(done.value().view(caller));
    }
    return found;
  }

  private void audit(Caller.User caller, String action, long id) {
    audit.recordOfStaff(caller, action, "appointment:" + id, Map.of());
  }
}
