package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.slot.BarberChoice;
import dev.freshcut.bookingapi.slot.BookingPolicy;
import dev.freshcut.bookingapi.slot.BookingPolicy.Booker;
import dev.freshcut.bookingapi.slot.Refusal;
import dev.freshcut.bookingapi.slot.Schedules;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The desk for other features: their appointments and holds come about by the same locks, the same
 * definition of free time and the same constraint as single ones. To be called within a write.
 * Whose they are is for the callers to check.
 */
@Component
public class Bookings {
  private final AppointmentTable table;
  private final Desk desk;
  private final Schedules schedules;
  private final Visitors visitors;

  Bookings(AppointmentTable table, Desk desk, Schedules schedules, Visitors visitors) {
    this.table = table;
    this.desk = desk;
    this.schedules = schedules;
    this.visitors = visitors;
  }

  /**
   * What is wanted.
   *
   * @param barberId null for whoever is free
   */
  public record Wanted(long locationId, @Nullable Long barberId, long serviceId) {
    private Desk.Wish by(Booker booker) {
      return new Desk.Wish(locationId, new BarberChoice(barberId), serviceId, booker, null);
    }
  }

  /** A time that was found free, and that nobody else can take until the transaction ends. */
  public static final class Kept {
    private final Wanted wanted;
    private final Instant startsAt;
    private final Desk.Place place;

    Kept(Wanted wanted, Instant startsAt, Desk.Place place) {
      this.wanted = wanted;
      this.startsAt = startsAt;
      this.place = place;
    }

    /** Whose time it is. */
    public long barberId() {
      return place.barberId();
    }
  }

  /** Whose rules apply to a caller. */
  public static Booker booker(Caller.User caller) {
    return Desk.booker(caller);
  }

  /** Keeps the location's schedule as it is, and reads its rules; empty if there is none. */
  public Optional<BookingPolicy> lockLocation(long locationId) {
    return table.lockLocation(locationId) ? schedules.policy(locationId) : Optional.empty();
  }

  /** Finds the place for it, and holds the locks that keep it. */
  public Outcome<Kept, Refusal> keep(
      Booker booker, Wanted wanted, Instant start, RowChanges changes) {
    return desk.place(wanted.by(booker), start, changes).then(place -> kept(wanted, start, place));
  }

  /**
   * The same for several times, in as many statements as for one.
   *
   * @param starts on different dates
   * @return what came of each
   */
  public SortedMap<Instant, Outcome<Kept, Refusal>> keep(
      Booker booker, Wanted wanted, SortedSet<Instant> starts, RowChanges changes) {
    SortedMap<Instant, Outcome<Kept, Refusal>> all = new TreeMap<>();
    desk.places(wanted.by(booker), starts, changes)
        .forEach((start, found) -> all.put(start, found.then(place -> kept(wanted, start, place))));
    return all;
  }

  private static Outcome<Kept, Refusal> kept(Wanted wanted, Instant start, Desk.Place place) {
    return Outcome.done(new Kept(wanted, start, place));
  }

  /** The location's customer: the client who calls, or whom staff names. */
  public Outcome<Long, Refusal> customer(
      Caller.User caller, long locationId, NewAppointment.@Nullable Customer named) {
    return visitors.of(caller, locationId, named);
  }

  /** The same, if she may have so many more appointments. */
  public Outcome<Long, Refusal> customerToBook(
      Caller.User caller,
      long locationId,
      NewAppointment.@Nullable Customer named,
      int appointments) {
    return visitors.toBook(caller, locationId, named, appointments);
  }

  /** The customer, if she may have so many more appointments. */
  public Outcome<Long, Refusal> withRoom(Caller.User caller, long customerId, int appointments) {
    return visitors.withRoom(caller, customerId, appointments);
  }

  /**
   * Makes the appointments that are occurrences of a series, in one statement.
   *
   * @param occurrences their places, by the dates that the series had planned
   */
  public void book(
      SortedMap<LocalDate, Kept> occurrences,
      long seriesId,
      long customerId,
      @Nullable String note,
      RowChanges changes) {
    List<AppointmentTable.New> rows =
        occurrences.entrySet().stream()
            .map(each -> row(each.getValue(), customerId, new Occurrence(seriesId, each.getKey())))
            .toList();
    table.insert(rows, note).forEach(made -> changes.created(AppointmentTable.NAME, made.image()));
  }

  /**
   * Makes a hold.
   *
   * @param userId whose it is; null if it is nobody's who could log in
   * @return its id, which is that of the appointment that it may become
   */
  public long hold(Kept kept, Duration duration, @Nullable Long userId, RowChanges changes) {
    AppointmentRow made = table.hold(row(kept, null, null), duration, userId);
    changes.created(AppointmentTable.NAME, made.image());
    return made.id();
  }

  private static AppointmentTable.New row(
      Kept kept, @Nullable Long customerId, @Nullable Occurrence occurrence) {
    Wanted wanted = kept.wanted;
    return new AppointmentTable.New(
        wanted.locationId(), wanted.serviceId(), kept.place, kept.startsAt, customerId, occurrence);
  }

  /** Keeps others from changing a hold, or whatever has become of it. */
  public void lock(long id) {
    table.lock(id);
  }

  /** Makes a hold an appointment, if it is not over. */
  public Outcome<AppointmentView, Refusal> consume(
      Caller.User caller, long id, long customerId, @Nullable String note, RowChanges changes) {
    Optional<AppointmentRow> held =
        table.lock(id).filter(row -> row.status() == Status.HELD && !row.holdIsOver());
    if (held.isEmpty()) {
      return Outcome.refused(new Refusal.NoHold(id));
    }
    return visitors
        .withRoom(caller, customerId, 1)
        .then(visitor -> consume(caller, held.get(), visitor, note, changes));
  }

  private Outcome<AppointmentView, Refusal> consume(
      Caller.User caller,
      AppointmentRow held,
      long customerId,
      @Nullable String note,
      RowChanges changes) {
    BookingPolicy policy = schedules.policy(held.locationId()).orElseThrow();
    Status status = Desk.status(policy, Desk.booker(caller));
    AppointmentRow after = table.consume(held.id(), status, customerId, note);
    changes.updated(AppointmentTable.NAME, held.image(), after.image());
    return Outcome.done(after.view(caller));
  }

  /** Gives a hold's time back, if it has not been given back. */
  public void release(long id, RowChanges changes) {
    table
        .lock(id)
        .filter(row -> row.status() == Status.HELD)
        .ifPresent(
            before ->
                changes.updated(
                    AppointmentTable.NAME,
                    before.image(),
                    table.setStatus(id, Status.EXPIRED, null).image()));
  }
}
