package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Rows;
import dev.freshcut.bookingapi.write.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Makes and changes barbers. */
@Service
class BarberWrites {
  private static final String TABLE = "barbers";
  private static final int MOST = 500;

  private final JdbcClient database;
  private final Places places;
  private final Rows rows;
  private final Writes writes;
  private final AuditLog audit;
  private final Clock clock;

  BarberWrites(
      JdbcClient database, Places places, Rows rows, Writes writes, AuditLog audit, Clock clock) {
    this.database = database;
    this.places = places;
    this.rows = rows;
    this.writes = writes;
    this.audit = audit;
    this.clock = clock;
  }

  Outcome<BarberDetails, CatalogRefusal> find(Caller.User caller, long locationId, long id) {
    if (!caller.mayWorkAt(locationId)) {
      return Outcome.refused(new CatalogRefusal.NoLocation(locationId));
    }
    return details(locationId, id)
        .<Outcome<BarberDetails, CatalogRefusal>>map(Outcome::done)
        .orElseGet(() -> Outcome.refused(new CatalogRefusal.NoBarber(locationId, id)));
  }

  Outcome<Written<BarberDetails>, CatalogRefusal> create(
      Caller.User caller, long locationId, NewBarber wanted) {
    return writes.attempt(
        changes -> {
          if (places.lock(caller, locationId).isEmpty()) {
            return Outcome.refused(new CatalogRefusal.NoLocation(locationId));
          }
          if (count(locationId) >= MOST) {
            return Outcome.refused(new CatalogRefusal.Full("barbers", MOST));
          }
          long id =
              rows.insert(TABLE, Map.of("location_id", locationId, "name", wanted.name()), changes);
          audit.record(caller, "barber.create", "barber:" + id, Map.of("location", locationId));
          return Outcome.done(details(locationId, id).orElseThrow());
        });
  }

  Outcome<Written<BarberDetails>, CatalogRefusal> change(
      Caller.User caller, long locationId, long id, BarberChange wanted, IfMatch expected) {
    return writes.attempt(
        changes -> {
          if (places.lock(caller, locationId).isEmpty()) {
            return Outcome.refused(new CatalogRefusal.NoLocation(locationId));
          }
          if (!places.lockBarber(locationId, id)) {
            return Outcome.refused(new CatalogRefusal.NoBarber(locationId, id));
          }
          BarberDetails before = details(locationId, id).orElseThrow();
          expected.require(before.version());
          return change(caller, before, wanted, changes);
        });
  }

  private Outcome<BarberDetails, CatalogRefusal> change(
      Caller.User caller, BarberDetails before, BarberChange wanted, RowChanges changes) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (wanted.name() != null) {
      values.put("name", wanted.name());
    }
    if (wanted.active() != null) {
      values.put("active", wanted.active());
    }
    boolean stops = before.active() && Boolean.FALSE.equals(wanted.active());
    if (stops && !Boolean.TRUE.equals(wanted.keepAppointments())) {
      long toCome = appointmentsToCome(before);
      if (toCome > 0) {
        return Outcome.refused(new CatalogRefusal.StillBooked(toCome));
      }
    }
    rows.update(TABLE, Map.of("id", before.id()), values, changes);
    BarberDetails after = details(before.locationId(), before.id()).orElseThrow();
    audit.record(
        caller,
        "barber.change",
        "barber:" + after.id(),
        Map.of("location", after.locationId(), "active", after.active()));
    return Outcome.done(after);
  }

  /** No more come, by the lock. */
  private long appointmentsToCome(BarberDetails barber) {
    return database
        .sql(
            """
            SELECT count(*) FROM appointments
            WHERE location_id = ? AND barber_id = ? AND ends_at > ? AND occupies_time(status)
            """)
        .params(barber.locationId(), barber.id(), clock.instant().atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  private long count(long locationId) {
    return database
        .sql("SELECT count(*) FROM barbers WHERE location_id = ?")
        .param(locationId)
        .query(Long.class)
        .single();
  }

  /** All, by id. */
  List<BarberDetails> all(long locationId) {
    return database
        .sql("SELECT * FROM barbers WHERE location_id = ? ORDER BY id LIMIT ?")
        .params(locationId, MOST)
        .query(BarberWrites::map)
        .list();
  }

  private Optional<BarberDetails> details(long locationId, long id) {
    return database
        .sql("SELECT * FROM barbers WHERE location_id = ? AND id = ?")
        .params(locationId, id)
        .query(BarberWrites::map)
        .optional();
  }

  private static BarberDetails map(ResultSet row, int n) throws SQLException {
    return new BarberDetails(
        row.getLong("id"),
        row.getLong("location_id"),
        row.getString("name"),
        row.getBoolean("active"),
        row.getLong("version"));
  }
}
