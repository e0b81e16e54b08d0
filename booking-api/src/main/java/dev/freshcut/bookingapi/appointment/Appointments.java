package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.slot.BookingPolicy;
import dev.freshcut.bookingapi.slot.Schedules;
import dev.freshcut.bookingapi.slot.Terms;
import dev.freshcut.bookingapi.slot.WorkingDay;
import dev.freshcut.bookingapi.web.ProblemException;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Writes;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Service;

/** What can be done with appointments. A refusal is a {@link ProblemException}. */
@Service
class Appointments {
  private final AppointmentTable table;
  private final Schedules schedules;
  private final Writes writes;
  private final Clock clock;

  Appointments(AppointmentTable table, Schedules schedules, Writes writes, Clock clock) {
    this.table = table;
    this.schedules = schedules;
    this.writes = writes;
    this.clock = clock;
  }

  AppointmentView find(long id) {
    return table.find(id).orElseThrow(() -> notFound(id)).view();
  }

  Written<AppointmentView> create(NewAppointment wanted) {
    return writes.run(changes -> create(wanted, changes));
  }

  private AppointmentView create(NewAppointment wanted, RowChanges changes) {
    BookingPolicy policy = schedules.policy(wanted.locationId());
    Terms terms = schedules.terms(wanted.locationId(), wanted.serviceId());
    table.lockBarber(wanted.locationId(), wanted.barberId());
    requireBookable(policy, terms, wanted.locationId(), wanted.barberId(), wanted.startsAt());
    AppointmentRow made =
        table.insert(
            wanted.locationId(),
            wanted.barberId(),
            wanted.serviceId(),
            table.customer(wanted.locationId(), wanted.customer()),
            wanted.startsAt(),
            terms,
            wanted.note());
    changes.created(AppointmentTable.NAME, made.image());
    return made.view();
  }

  Written<AppointmentView> move(long id, Move wanted) {
    return writes.run(changes -> move(id, wanted, changes));
  }

  private AppointmentView move(long id, Move wanted, RowChanges changes) {
    AppointmentRow before = lockOpen(id);
    long barberId = wanted.barberId() == null ? before.barberId() : wanted.barberId();
    table.lockBarber(before.locationId(), barberId);
    BookingPolicy policy = schedules.policy(before.locationId());
    requireBookable(policy, before.terms(), before.locationId(), barberId, wanted.startsAt());
    AppointmentRow after = table.move(id, barberId, wanted.startsAt(), before.terms());
    changes.updated(AppointmentTable.NAME, before.image(), after.image());
    return after.view();
  }

  /** Cancelling again changes nothing and is no failure, so that a client may repeat it. */
  Written<AppointmentView> cancel(long id) {
    return writes.run(changes -> cancel(id, changes));
  }

  private AppointmentView cancel(long id, RowChanges changes) {
    AppointmentRow before = table.lock(id).orElseThrow(() -> notFound(id));
    if (before.status() == Status.CANCELLED) {
      return before.view();
    }
    requireOpen(before);
    AppointmentRow after = table.setStatus(id, Status.CANCELLED);
    changes.updated(AppointmentTable.NAME, before.image(), after.image());
    return after.view();
  }

  private AppointmentRow lockOpen(long id) {
    AppointmentRow row = table.lock(id).orElseThrow(() -> notFound(id));
    requireOpen(row);
    return row;
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
