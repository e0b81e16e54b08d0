package dev.freshcut.bookingapi.schedule;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.catalog.Places;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.slot.BarberChoice;
import dev.freshcut.bookingapi.slot.FutureConflicts;
import dev.freshcut.bookingapi.slot.TouchedDates;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Micros;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.web.StoredZone;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Rows;
import dev.freshcut.bookingapi.write.Writes;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Time off of barbers and blackouts of locations, which are the same but for whom they are of. */
@Service
class Absences {
  /** Of those that are not over; history is no limit. */
  private static final int MOST = 1_000;

  /** PostgreSQL's time ends later, and nothing of ours is so late. */
  private static final OffsetDateTime END = OffsetDateTime.parse("2300-01-01T00:00:00Z");

  private final JdbcClient database;
  private final Places places;
  private final Rows rows;
  private final Writes writes;
  private final FutureConflicts conflicts;
  private final AuditLog audit;
  private final Clock clock;

  Absences(
      JdbcClient database,
      Places places,
      Rows rows,
      Writes writes,
      FutureConflicts conflicts,
      AuditLog audit,
      Clock clock) {
    this.database = database;
    this.places = places;
    this.rows = rows;
    this.writes = writes;
    this.conflicts = conflicts;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Whose absences.
   *
   * @param barberId null for blackouts, which are everybody's
   */
  record Whose(long locationId, @Nullable Long barberId) {
    private String table() {
      return barberId == null ? "blackouts" : "time_off";
    }

    /** These are not in the change stream. */
    private String reasons() {
      return barberId == null ? "blackout_reasons" : "time_off_reasons";
    }

    private String action() {
      return barberId == null ? "blackout." : "time-off.";
    }

    private String target() {
      return barberId == null ? "location:" + locationId : "barber:" + barberId;
    }

    private Map<String, Object> key() {
      return barberId == null
          ? Map.of("location_id", locationId)
          : Map.of("location_id", locationId, "barber_id", barberId);
    }

    /** A barber plans her own time; blackouts are for the owner to plan. */
    private boolean isFor(Caller.User caller) {
      return caller.mayWorkAt(locationId)
          && (caller.role() != Role.BARBER
              || (barberId != null && barberId.equals(caller.barberId())));
    }
  }

  Outcome<Page<AbsenceView>, ScheduleRefusal> page(
      Caller.User caller, Whose whose, PageRequest page) {
    Optional<String> zone = places.zone(caller, whose.locationId());
    if (zone.isEmpty()) {
      return Outcome.refused(new ScheduleRefusal.NoLocation(whose.locationId()));
    }
    if (!whose.isFor(caller)) {
      return Outcome.refused(hidden(whose));
    }
    if (whose.barberId() != null && !places.hasBarber(whose.locationId(), whose.barberId())) {
      return Outcome.refused(hidden(whose));
    }
    ZoneId local = StoredZone.of(zone.get());
    return Outcome.done(
        page.load(
            "%s of %s, the latest first".formatted(whose.table(), whose.target()),
            2,
            (last, count) -> before(whose, local, last, count),
            view -> List.of(Micros.of(view.startsAt().toInstant()), view.id())));
  }

  Outcome<Written<AbsenceView>, ScheduleRefusal> create(
      Caller.User caller, Whose whose, NewAbsence wanted) {
    return writes.attempt(
        changes -> lock(caller, whose).then(zone -> create(caller, whose, zone, wanted, changes)));
  }

  private Outcome<AbsenceView, ScheduleRefusal> create(
      Caller.User caller, Whose whose, ZoneId zone, NewAbsence wanted, RowChanges changes) {
    ScheduleRefusal refusal = wanted.refusal();
    if (refusal != null) {
      return Outcome.refused(refusal);
    }
    if (toCome(whose) >= MOST) {
      return Outcome.refused(new ScheduleRefusal.Full("absences to come are kept", MOST));
    }
    Map<String, @Nullable Object> row = new LinkedHashMap<>(whose.key());
    row.put("starts_at", wanted.startsAt().atOffset(ZoneOffset.UTC));
    row.put("ends_at", wanted.endsAt().atOffset(ZoneOffset.UTC));
    long id = rows.insert(whose.table(), row, changes);
    if (wanted.reason() != null) {
      database
          .sql(
              "INSERT INTO %s (location_id, absence_id, reason) VALUES (?, ?, ?)"
                  .formatted(whose.reasons()))
          .params(whose.locationId(), id, wanted.reason())
          .update();
    }
    audit.record(caller, whose.action() + "create", whose.target(), Map.of("id", id));
    return Outcome.done(
        find(whose, zone, id)
            .orElseThrow()
            .with(
                conflicts.search(
                    whose.locationId(),
                    zone,
                    new BarberChoice(whose.barberId()),
                    TouchedDates.of(wanted.startsAt(), wanted.endsAt(), zone))));
  }

  /** Gives the time back. */
  Outcome<Written<AbsenceView>, ScheduleRefusal> delete(
      Caller.User caller, Whose whose, long id, IfMatch expected) {
    return writes.attempt(
        changes ->
            lock(caller, whose).then(zone -> delete(caller, whose, zone, id, expected, changes)));
  }

  private Outcome<AbsenceView, ScheduleRefusal> delete(
      Caller.User caller, Whose whose, ZoneId zone, long id, IfMatch expected, RowChanges changes) {
    Optional<AbsenceView> before = find(whose, zone, id);
    if (before.isEmpty()) {
      return Outcome.refused(
          whose.barberId() == null
              ? new ScheduleRefusal.NoBlackout(id)
              : new ScheduleRefusal.NoTimeOff(id));
    }
    expected.require(before.get());
    rows.delete(whose.table(), Map.of("id", id), changes);
    audit.record(caller, whose.action() + "delete", whose.target(), Map.of("id", id));
    return Outcome.done(before.get());
  }

  private Outcome<ZoneId, ScheduleRefusal> lock(Caller.User caller, Whose whose) {
    Optional<String> zone = places.lock(caller, whose.locationId());
    if (zone.isEmpty()) {
      return Outcome.refused(new ScheduleRefusal.NoLocation(whose.locationId()));
    }
    if (!whose.isFor(caller)
        || (whose.barberId() != null
            && !places.lockActiveBarber(whose.locationId(), whose.barberId()))) {
      return Outcome.refused(hidden(whose));
    }
    return Outcome.done(StoredZone.of(zone.get()));
  }

  private static ScheduleRefusal hidden(Whose whose) {
    return whose.barberId() == null
        ? new ScheduleRefusal.NoLocation(whose.locationId())
        : new ScheduleRefusal.NoBarber(whose.locationId(), whose.barberId());
  }

  private List<AbsenceView> before(Whose whose, ZoneId zone, @Nullable List<Long> last, int count) {
    return select(whose, "AND (starts_at, id) < (:start, :id) ORDER BY starts_at DESC, id DESC")
        .param("start", last == null ? END : Micros.time(last.getFirst()))
        .param("id", last == null ? Long.MAX_VALUE : last.getLast())
        .param("count", count)
        .query((row, n) -> view(whose, zone, row))
        .list();
  }

  private Optional<AbsenceView> find(Whose whose, ZoneId zone, long id) {
    return select(whose, "AND id = :id")
        .param("id", id)
        .param("count", 1)
        .query((row, n) -> view(whose, zone, row))
        .optional();
  }

  private JdbcClient.StatementSpec select(Whose whose, String condition) {
    return database
        .sql(
            """
            SELECT id, starts_at, ends_at, version,
              (SELECT reason FROM %s WHERE absence_id = id) AS reason
            FROM %s WHERE location_id = :location_id %s %s LIMIT :count
            """
                .formatted(
                    whose.reasons(),
                    whose.table(),
                    whose.barberId() == null ? "" : "AND barber_id = :barber_id",
                    condition))
        .params(whose.key());
  }

  private static AbsenceView view(Whose whose, ZoneId zone, java.sql.ResultSet row)
      throws java.sql.SQLException {
    return new AbsenceView(
        row.getLong("id"),
        whose.locationId(),
        whose.barberId(),
        at(row.getObject("starts_at", OffsetDateTime.class), zone),
        at(row.getObject("ends_at", OffsetDateTime.class), zone),
        row.getString("reason"),
        row.getLong("version"),
        null);
  }

  private static OffsetDateTime at(OffsetDateTime time, ZoneId zone) {
    return time.toInstant().atZone(zone).toOffsetDateTime();
  }

  private long toCome(Whose whose) {
    return database
        .sql(
            "SELECT count(*) FROM %s WHERE location_id = :location_id AND ends_at > :now %s"
                .formatted(
                    whose.table(), whose.barberId() == null ? "" : "AND barber_id = :barber_id"))
        .params(whose.key())
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }
}
