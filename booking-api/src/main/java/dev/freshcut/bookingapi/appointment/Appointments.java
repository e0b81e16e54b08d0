package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.slot.BookingPolicy;
import dev.freshcut.bookingapi.slot.Schedules;
import dev.freshcut.bookingapi.slot.Terms;
import dev.freshcut.bookingapi.slot.WorkingDay;
import dev.freshcut.bookingapi.user.Contacts;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Writes;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** What can be done with appointments. A refusal is a {@link ProblemException}. */
@Service
class Appointments {
  private final AppointmentTable table;
  private final Schedules schedules;
  private final Contacts contacts;
  private final Writes writes;
  private final AuditLog audit;
  private final Clock clock;

  Appointments(
      AppointmentTable table,
      Schedules schedules,
      Contacts contacts,
      Writes writes,
      AuditLog audit,
      Clock clock) {
    this.table = table;
    this.schedules = schedules;
    this.contacts = contacts;
    this.writes = writes;
    this.audit = audit;
    this.clock = clock;
  }

  AppointmentView find(Caller.User caller, long id) {
    return visible(table.find(id), caller, id).view();
  }

  Written<AppointmentView> create(Caller.User caller, NewAppointment wanted) {
    requireAllowed(caller, wanted);
    return writes.run(changes -> create(caller, wanted, changes));
  }

  private AppointmentView create(Caller.User caller, NewAppointment wanted, RowChanges changes) {
    BookingPolicy policy = schedules.policy(wanted.locationId());
    Terms terms = schedules.terms(wanted.locationId(), wanted.serviceId());
    table.lockBarber(wanted.locationId(), wanted.barberId());
    requireBookable(policy, terms, wanted.locationId(), wanted.barberId(), wanted.startsAt());
    AppointmentRow made =
        table.insert(
            wanted.locationId(),
            wanted.barberId(),
            wanted.serviceId(),
            customer(caller, wanted),
            wanted.startsAt(),
            terms,
            wanted.note());
    changes.created(AppointmentTable.NAME, made.image());
    audit(caller, "appointment.create", made.id());
    return made.view();
  }

  Written<AppointmentView> move(Caller.User caller, long id, Move wanted, IfMatch expected) {
    return writes.run(changes -> move(caller, id, wanted, expected, changes));
  }

  private AppointmentView move(
      Caller.User caller, long id, Move wanted, IfMatch expected, RowChanges changes) {
    AppointmentRow before = lockOpen(caller, id, expected);
    long barberId = wanted.barberId() == null ? before.barberId() : wanted.barberId();
    table.lockBarber(before.locationId(), barberId);
    BookingPolicy policy = schedules.policy(before.locationId());
    requireBookable(policy, before.terms(), before.locationId(), barberId, wanted.startsAt());
    AppointmentRow after = table.move(id, barberId, wanted.startsAt(), before.terms());
    changes.updated(AppointmentTable.NAME, before.image(), after.image());
    audit(caller, "appointment.move", id);
    return after.view();
  }

  /** Cancelling again changes nothing and is no failure, so that a client may repeat it. */
  Written<AppointmentView> cancel(Caller.User caller, long id, IfMatch expected) {
    return writes.run(changes -> cancel(caller, id, expected, changes));
  }

  private AppointmentView cancel(
      Caller.User caller, long id, IfMatch expected, RowChanges changes) {
    AppointmentRow before = visible(table.lock(id), caller, id);
    expected.require(before.version());
    if (before.status() == Status.CANCELLED) {
      return before.view();
    }
    requireOpen(before);
    AppointmentRow after = table.setStatus(id, Status.CANCELLED);
    changes.updated(AppointmentTable.NAME, before.image(), after.image());
    audit(caller, "appointment.cancel", id);
    return after.view();
  }

  private AppointmentRow lockOpen(Caller.User caller, long id, IfMatch expected) {
    AppointmentRow row = visible(table.lock(id), caller, id);
    expected.require(row.version());
    requireOpen(row);
    return row;
  }

  /** Another's appointment is not there for the caller. */
  private static AppointmentRow visible(Optional<AppointmentRow> row, Caller.User caller, long id) {
    return row.filter(it -> it.isFor(caller)).orElseThrow(() -> notFound(id));
  }

  private static void requireAllowed(Caller.User caller, NewAppointment wanted) {
    boolean forHerself = caller.role() == Role.CLIENT;
    if (forHerself != (wanted.customer() == null)) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID_REQUEST,
              "See errors.",
              new Problem.FieldError(
                  "customer",
                  forHerself ? "must be left out: you book for yourself" : "is missing")));
    }
    if (!forHerself && !caller.mayWorkAt(wanted.locationId())) {
      throw new ProblemException(ProblemType.FORBIDDEN, "You work at another location.");
    }
  }

  private long customer(Caller.User caller, NewAppointment wanted) {
    NewAppointment.Customer named = wanted.customer();
    return named == null
        ? table.customer(wanted.locationId(), caller.id(), contacts.find(caller.id()).orElseThrow())
        : table.customer(wanted.locationId(), named);
  }

  /** Clients act on what is theirs, which is no privilege. */
  private void audit(Caller.User caller, String action, long id) {
    if (caller.role() != Role.CLIENT) {
      audit.record(caller, action, "appointment:" + id, Map.of());
    }
  }

  private static void requireOpen(AppointmentRow row) {
    if (!row.status().isOpen()) {
      throw new ProblemException(
          ProblemType.APPOINTMENT_CLOSED, "Its status is " + row.status().text() + ".");
    }
  }

  private void requireBookable(
      BookingPolicy policy, Terms terms, long locationId, long barberId, Instant start) {
    policy
        .refusal(start, clock.instant())
        .ifPresent(
            type -> {
              throw new ProblemException(
                  type,
                  "The notice is %d minutes and the horizon %d days."
                      .formatted(policy.minimumNoticeMinutes(), policy.horizonDays()));
            });
    WorkingDay day =
        schedules.workingDay(locationId, barberId, policy.localDate(start), policy.zone());
    if (!day.isWithinDate(terms.busy(start))) {
      throw new ProblemException(
          ProblemType.CROSSES_MIDNIGHT, "Choose a time that lies within one day at the location.");
    }
    if (!day.covers(terms.service(start))) {
      throw new ProblemException(
          ProblemType.OUTSIDE_WORKING_HOURS, "See the barber's availability, or the free slots.");
    }
  }

  private static ProblemException notFound(long id) {
    return new ProblemException(ProblemType.APPOINTMENT_NOT_FOUND, "Appointment " + id);
  }
}
