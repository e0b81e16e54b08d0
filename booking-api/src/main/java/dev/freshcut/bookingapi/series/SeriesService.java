package dev.freshcut.bookingapi.series;

import dev.freshcut.bookingapi.appointment.AppointmentView;
import dev.freshcut.bookingapi.appointment.Bookings;
import dev.freshcut.bookingapi.appointment.Occurrences;
import dev.freshcut.bookingapi.appointment.Status;
import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.series.Planner.Plan;
import dev.freshcut.bookingapi.series.SeriesView.Entry;
import dev.freshcut.bookingapi.series.SeriesView.State;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Writes;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Service;

/**
 * Series of appointments. Locks are taken in one order: the location, its barbers, appointments,
 * the series, as a change of an appointment changes the version of its series (the database sees to
 * it).
 */
@Service
class SeriesService {
  private final SeriesTable table;
  private final Planner planner;
  private final Bookings bookings;
  private final Occurrences occurrences;
  private final Writes writes;
  private final AuditLog audit;
  private final Clock clock;

  SeriesService(
      SeriesTable table,
      Planner planner,
      Bookings bookings,
      Occurrences occurrences,
      Writes writes,
      AuditLog audit,
      Clock clock) {
    this.table = table;
    this.planner = planner;
    this.bookings = bookings;
    this.occurrences = occurrences;
    this.writes = writes;
    this.audit = audit;
    this.clock = clock;
  }

  Outcome<SeriesView, SeriesRefusal> find(Caller.User caller, long id) {
    return own(table.find(id), caller, id).then(row -> Outcome.done(view(caller, row)));
  }

  /** The row was read before the rest, so that its version is never younger than what is shown. */
  private SeriesView view(Caller.User caller, SeriesRow row) {
    SortedMap<LocalDate, Entry> entries = new TreeMap<>();
    table
        .skips(row.id())
        .forEach((date, reason) -> entries.put(date, new Entry(date, State.SKIPPED, reason, null)));
    occurrences
        .of(caller, row.id())
        .forEach(
            (date, appointment) ->
                entries.put(date, new Entry(date, state(appointment), null, appointment)));
    return row.view(List.copyOf(entries.values()));
  }

  private static State state(AppointmentView appointment) {
    return appointment.status() == Status.CANCELLED ? State.SKIPPED : State.BOOKED;
  }

  Outcome<Written<SeriesView>, SeriesRefusal> create(Caller.User caller, NewSeries wanted) {
    List<LocalDate> dates =
        Recurrence.dates(wanted.firstDate(), wanted.weeks(), wanted.count(), wanted.until());
    Planner.Wish wish =
        new Planner.Wish(
            wanted.locationId(),
            wanted.barberId(),
            wanted.serviceId(),
            dates,
            wanted.localTime(),
            wanted.skipsConflicts(),
            Bookings.booker(caller));
    return writes.attempt(
        changes ->
            planner
                .plan(wish, changes)
                .then(
                    plan ->
                        bookings
                            .customerToBook(
                                caller, wanted.locationId(), wanted.customer(), plan.kept().size())
                            .<SeriesRefusal>because(SeriesRefusal.NoBooking::new)
                            .then(
                                customer ->
                                    book(
                                        caller,
                                        wanted,
                                        plan,
                                        dates.getLast(),
                                        customer,
                                        changes))));
  }

  private Outcome<SeriesView, SeriesRefusal> book(
      Caller.User caller,
      NewSeries wanted,
      Plan plan,
      LocalDate last,
      long customer,
      RowChanges changes) {
    long id = table.insert(wanted, customer, last);
    planner.book(plan, wanted.locationId(), id, customer, wanted.note(), changes);
    audit(caller, "series.create", id, plan.kept().size());
    return Outcome.done(view(caller, table.find(id).orElseThrow()));
  }

  /** Books further dates, from the last one on. */
  Outcome<Written<SeriesView>, SeriesRefusal> extend(
      Caller.User caller, long id, MoreOccurrences wanted, IfMatch expected) {
    return writes.attempt(
        changes ->
            own(table.find(id), caller, id)
                .then(row -> going(row))
                .then(row -> extend(caller, row, wanted, expected, changes)));
  }

  private Outcome<SeriesView, SeriesRefusal> extend(
      Caller.User caller,
      SeriesRow row,
      MoreOccurrences wanted,
      IfMatch expected,
      RowChanges changes) {
    expected.require(view(caller, row));
    LocalDate first = row.lastDate().plusWeeks(row.everyWeeks());
    List<LocalDate> dates =
        Recurrence.dates(first, row.everyWeeks(), wanted.count(), wanted.until());
    Planner.Wish wish =
        new Planner.Wish(
            row.locationId(),
            row.barberId(),
            row.serviceId(),
            dates,
            row.time(),
            wanted.onConflict() == NewSeries.OnConflict.SKIP,
            Bookings.booker(caller));
    return planner
        .plan(wish, changes)
        .then(
            plan ->
                bookings
                    .withRoom(caller, row.customerId(), plan.kept().size())
                    .<SeriesRefusal>because(SeriesRefusal.NoBooking::new)
                    .then(
                        room -> {
                          extend(caller, row, plan, dates.getLast(), wanted.note(), changes);
                          return Outcome.done(view(caller, table.find(row.id()).orElseThrow()));
                        }));
  }

  private void extend(
      Caller.User caller,
      SeriesRow row,
      Plan plan,
      LocalDate last,
      @Nullable String note,
      RowChanges changes) {
    if (table.lock(row.id()).orElseThrow().version() != row.version()) {
      throw new OptimisticLockingFailureException("the series was changed meanwhile");
    }
    planner.book(plan, row.locationId(), row.id(), row.customerId(), note, changes);
    table.extend(row.id(), last);
    audit(caller, "series.extend", row.id(), plan.kept().size());
  }

  /** Cancels what is yet to come; again changes nothing and is no failure. */
  Outcome<Written<SeriesView>, SeriesRefusal> cancel(
      Caller.User caller, long id, SeriesCancellation wanted, IfMatch expected) {
    return writes.attempt(
        changes ->
            // Whose it is does not change, but for the worse: others must not lock anything.
            own(table.find(id), caller, id)
                .then(
                    seen -> {
                      occurrences.lock(id);
                      return own(table.lock(id), caller, id);
                    })
                .then(
                    row -> {
                      expected.require(view(caller, row));
                      return cancel(caller, row, from(row, wanted.from()), changes);
                    }));
  }

  /**
   * From when on it is cancelled: at the latest from where it would go on after its last date, as
   * what is to end later than it does has not been cancelled.
   */
  private LocalDate from(SeriesRow row, @Nullable LocalDate wanted) {
    LocalDate next = row.lastDate().plusWeeks(row.everyWeeks());
    if (wanted != null && wanted.isAfter(next)) {
      throw Recurrence.invalid("from", "must be at most " + next + ", as it ends before");
    }
    LocalDate from = wanted == null ? LocalDate.ofInstant(clock.instant(), row.zone()) : wanted;
    if (from.isBefore(row.firstDate())) {
      return row.firstDate();
    }
    return from.isAfter(next) ? next : from;
  }

  private Outcome<SeriesView, SeriesRefusal> cancel(
      Caller.User caller, SeriesRow row, LocalDate from, RowChanges changes) {
    LocalDate earlier = row.cancelledFrom();
    if (earlier != null && !from.isBefore(earlier)) {
      return Outcome.done(view(caller, row));
    }
    return occurrences
        .cancel(caller, row.locationId(), row.id(), from, changes)
        .<SeriesRefusal>because(SeriesRefusal.NoBooking::new)
        .then(
            cancelled -> {
              table.cancel(row.id(), from);
              audit(caller, "series.cancel", row.id(), cancelled);
              return Outcome.done(view(caller, table.find(row.id()).orElseThrow()));
            });
  }

  private static Outcome<SeriesRow, SeriesRefusal> going(SeriesRow row) {
    LocalDate cancelled = row.cancelledFrom();
    return cancelled == null
        ? Outcome.done(row)
        : Outcome.refused(new SeriesRefusal.Cancelled(cancelled));
  }

  /** Another's series is not there for the caller. */
  private static Outcome<SeriesRow, SeriesRefusal> own(
      Optional<SeriesRow> row, Caller.User caller, long id) {
    return Outcome.found(
        row.filter(found -> found.isFor(caller)), () -> new SeriesRefusal.NoSeries(id));
  }

  private void audit(Caller.User caller, String action, long id, int appointments) {
    audit.recordOfStaff(caller, action, "series:" + id, Map.of("appointments", appointments));
  }
}
