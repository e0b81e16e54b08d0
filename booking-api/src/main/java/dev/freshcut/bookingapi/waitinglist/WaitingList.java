package dev.freshcut.bookingapi.waitinglist;

import dev.freshcut.bookingapi.appointment.AppointmentView;
import dev.freshcut.bookingapi.appointment.Bookings;
import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.slot.BookingPolicy;
import dev.freshcut.bookingapi.slot.Refusal;
import dev.freshcut.bookingapi.slot.Schedules;
import dev.freshcut.bookingapi.slot.ServiceTerms;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Writes;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;

/**
 * Who waits, and what became of it. Locks are taken in one order: the location's turn, the
 * location, holds, entries, as a change of a hold changes its entry (the database sees to it).
 */
@Service
class WaitingList {
  /** Open entries of a location, at most. */
  static final int MOST_OF_LOCATION = 500;

  /** Open entries of a customer at a location, at most. */
  static final int MOST_OF_CUSTOMER = 5;

  private static final int LONGEST_DAYS = 62;

  private final EntryTable table;
  private final SignalTable signals;
  private final Bookings bookings;
  private final Schedules schedules;
  private final Writes writes;
  private final AuditLog audit;
  private final Clock clock;

  WaitingList(
      EntryTable table,
      SignalTable signals,
      Bookings bookings,
      Schedules schedules,
      Writes writes,
      AuditLog audit,
      Clock clock) {
    this.table = table;
    this.signals = signals;
    this.bookings = bookings;
    this.schedules = schedules;
    this.writes = writes;
    this.audit = audit;
    this.clock = clock;
  }

  Outcome<EntryView, EntryRefusal> find(Caller.User caller, long id) {
    return own(table.find(id), caller, id).then(row -> Outcome.done(row.view()));
  }

  Outcome<Written<EntryView>, EntryRefusal> create(Caller.User caller, NewEntry wanted) {
    return writes.attempt(
        changes ->
            acceptable(wanted)
                .then(
                    policy -> {
                      // In turn, so that ids are in the order in which entries come to be seen.
                      signals.awaitTurn(wanted.locationId());
                      return bookings
                          .customer(caller, wanted.locationId(), wanted.customer())
                          .<EntryRefusal>because(EntryRefusal.NoBooking::new)
                          .then(customer -> create(caller, wanted, customer));
                    }));
  }

  private Outcome<EntryView, EntryRefusal> create(
      Caller.User caller, NewEntry wanted, long customer) {
    EntryTable.Open open = table.open(wanted.locationId(), customer);
    if (open.ofCustomer() >= MOST_OF_CUSTOMER) {
      return Outcome.refused(new EntryRefusal.Full("customer", MOST_OF_CUSTOMER));
    }
    if (open.ofLocation() >= MOST_OF_LOCATION) {
      return Outcome.refused(new EntryRefusal.Full("location", MOST_OF_LOCATION));
    }
    EntryRow made = table.insert(wanted, customer);
    audit(caller, "waiting-list.create", made.id());
    return Outcome.done(made.view());
  }

  private Outcome<BookingPolicy, EntryRefusal> acceptable(NewEntry wanted) {
    long location = wanted.locationId();
    Optional<BookingPolicy> policy = schedules.policy(location);
    if (policy.isEmpty()) {
      return Outcome.refused(new EntryRefusal.NoBooking(new Refusal.NoLocation(location)));
    }
    Optional<ServiceTerms> terms = schedules.terms(location, wanted.serviceId());
    if (terms.isEmpty()) {
      return Outcome.refused(
          new EntryRefusal.NoBooking(new Refusal.NoService(location, wanted.serviceId())));
    }
    Long barber = wanted.barberId();
    if (barber != null && !table.barberExists(location, barber)) {
      return Outcome.refused(new EntryRefusal.NoBooking(new Refusal.NoBarber(location, barber)));
    }
    if (barber != null && terms.get().of(barber).isEmpty()) {
      return Outcome.refused(
          new EntryRefusal.NoBooking(new Refusal.NotOffered(barber, wanted.serviceId())));
    }
    return acceptable(wanted, policy.get());
  }

  private Outcome<BookingPolicy, EntryRefusal> acceptable(NewEntry wanted, BookingPolicy policy) {
    LocalDate today = policy.localDate(clock.instant());
    if (wanted.to().isBefore(wanted.from())) {
      return Outcome.refused(new EntryRefusal.Invalid("to", "must not be before from"));
    }
    if (!wanted.to().isBefore(wanted.from().plusDays(LONGEST_DAYS))) {
      return Outcome.refused(new EntryRefusal.Invalid("to", "must be at most 61 days after from"));
    }
    if (wanted.to().isBefore(today)) {
      return Outcome.refused(new EntryRefusal.Invalid("to", "must not be past"));
    }
    LocalTime earliest = wanted.earliest();
    LocalTime latest = wanted.latest();
    if (earliest != null && latest != null && !earliest.isBefore(latest)) {
      return Outcome.refused(new EntryRefusal.Invalid("notAfter", "must be after notBefore"));
    }
    return Outcome.done(policy);
  }

  /** Takes what is offered: the hold becomes an appointment, and the entry follows it. */
  Outcome<Written<AppointmentView>, EntryRefusal> accept(
      Caller.User caller, long id, Acceptance wanted, IfMatch expected) {
    return writes.attempt(
        changes ->
            locked(caller, id, expected)
                .then(
                    row -> {
                      Long hold = row.appointmentId();
                      if (row.state() != State.OFFERED || hold == null) {
                        return Outcome.refused(new EntryRefusal.Closed(row.state()));
                      }
                      return bookings
                          .consume(caller, hold, row.customerId(), wanted.note(), changes)
                          .because(WaitingList::notTaken)
                          .then(
                              made -> {
                                audit(caller, "waiting-list.accept", id);
                                return Outcome.done(made);
                              });
                    }));
  }

  private static EntryRefusal notTaken(Refusal reason) {
    return reason instanceof Refusal.NoHold
        ? new EntryRefusal.Closed(State.EXPIRED)
        : new EntryRefusal.NoBooking(reason);
  }

  /** Gives back what is offered; again changes nothing. */
  Outcome<Written<EntryView>, EntryRefusal> decline(Caller.User caller, long id, IfMatch expected) {
    return end(caller, id, expected, State.DECLINED, state -> state == State.OFFERED);
  }

  /** Waits no longer; again changes nothing. */
  Outcome<Written<EntryView>, EntryRefusal> cancel(Caller.User caller, long id, IfMatch expected) {
    return end(
        caller,
        id,
        expected,
        State.CANCELLED,
        state -> state == State.WAITING || state == State.OFFERED);
  }

  private Outcome<Written<EntryView>, EntryRefusal> end(
      Caller.User caller, long id, IfMatch expected, State state, Predicate<State> mayEnd) {
    return writes.attempt(
        changes ->
            locked(caller, id, expected)
                .then(
                    row -> {
                      if (row.state() == state) {
                        return Outcome.done(row.view());
                      }
                      if (!mayEnd.test(row.state())) {
                        return Outcome.refused(new EntryRefusal.Closed(row.state()));
                      }
                      EntryRow after = table.setState(id, state);
                      release(row, changes);
                      audit(caller, "waiting-list." + state.text(), id);
                      return Outcome.done(after.view());
                    }));
  }

  private void release(EntryRow row, RowChanges changes) {
    if (row.state() == State.OFFERED && row.appointmentId() != null) {
      bookings.release(row.appointmentId(), changes);
    }
  }

  /** The entry, and before it the hold that it has. */
  private Outcome<EntryRow, EntryRefusal> locked(Caller.User caller, long id, IfMatch expected) {
    return own(table.find(id), caller, id)
        .then(
            seen -> {
              if (seen.appointmentId() != null) {
                bookings.lock(seen.appointmentId());
              }
              EntryRow row = table.lock(id).orElseThrow();
              if (!Objects.equals(row.appointmentId(), seen.appointmentId())) {
                throw new OptimisticLockingFailureException("it has got an offer meanwhile");
              }
              expected.require(row.view());
              return Outcome.done(row);
            });
  }

  /** Another's entry is not there for the caller. */
  private static Outcome<EntryRow, EntryRefusal> own(
      Optional<EntryRow> row, Caller.User caller, long id) {
    return Outcome.found(
        row.filter(found -> found.isFor(caller)), () -> new EntryRefusal.NoEntry(id));
  }

  private void audit(Caller.User caller, String action, long id) {
    audit.recordOfStaff(caller, action, "waiting-list:" + id, Map.of());
  }
}
