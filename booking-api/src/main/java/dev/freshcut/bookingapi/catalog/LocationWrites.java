package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.location.TimeZones;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.slot.BarberChoice;
import dev.freshcut.bookingapi.slot.FutureConflicts;
import dev.freshcut.bookingapi.slot.TouchedDates;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Rows;
import dev.freshcut.bookingapi.write.Writes;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Makes and changes locations. */
@Service
class LocationWrites {
  private static final String TABLE = "locations";

  private final JdbcClient database;
  private final Places places;
  private final Rows rows;
  private final Writes writes;
  private final TimeZones zones;
  private final FutureConflicts conflicts;
  private final AuditLog audit;

  LocationWrites(
      JdbcClient database,
      Places places,
      Rows rows,
      Writes writes,
      TimeZones zones,
      FutureConflicts conflicts,
      AuditLog audit) {
    this.database = database;
    this.places = places;
    this.rows = rows;
    this.writes = writes;
    this.zones = zones;
    this.conflicts = conflicts;
    this.audit = audit;
  }

  Outcome<LocationDetails, CatalogRefusal> find(long id) {
    return Outcome.found(details(id), () -> new CatalogRefusal.NoLocation(id));
  }

  Outcome<Written<LocationDetails>, CatalogRefusal> create(Caller.User caller, NewLocation wanted) {
    return writes.attempt(
        changes -> {
          if (!zones.isKnown(wanted.timeZone())) {
            return Outcome.refused(unknownZone());
          }
          long id =
              rows.insert(
                  TABLE, Map.of("name", wanted.name(), "time_zone", wanted.timeZone()), changes);
          audit.record(
              caller, "location.create", "location:" + id, Map.of("timeZone", wanted.timeZone()));
          return Outcome.done(details(id).orElseThrow());
        });
  }

  Outcome<Written<LocationDetails>, CatalogRefusal> change(
      Caller.User caller, long id, LocationChange wanted, IfMatch expected) {
    return writes.attempt(
        changes -> {
          if (places.lock(caller, id).isEmpty()) {
            return Outcome.refused(new CatalogRefusal.NoLocation(id));
          }
          LocationDetails before = details(id).orElseThrow();
          expected.require(before.version());
          return change(caller, before, wanted, changes);
        });
  }

  private Outcome<LocationDetails, CatalogRefusal> change(
      Caller.User caller, LocationDetails before, LocationChange wanted, RowChanges changes) {
    String zone = wanted.timeZone();
    boolean elsewhere = zone != null && !zone.equals(before.timeZone());
    Map<String, Object> values = new LinkedHashMap<>();
    Map<String, Object> noted = new LinkedHashMap<>();
    if (wanted.name() != null) {
      values.put("name", wanted.name());
      noted.put("name", wanted.name());
    }
    if (zone != null && elsewhere) {
      if (!zones.isKnown(zone)) {
        return Outcome.refused(unknownZone());
      }
      long over = overMidnight(before.id(), zone);
      if (over > 0) {
        return Outcome.refused(new CatalogRefusal.OverMidnight(over));
      }
      values.put("time_zone", zone);
      noted.put("timeZone", zone);
    }
    rows.update(TABLE, Map.of("id", before.id()), values, changes);
    audit.record(caller, "location.change", "location:" + before.id(), noted);
    LocationDetails after = details(before.id()).orElseThrow();
    return Outcome.done(
        elsewhere
            ? after.with(
                conflicts.search(
                    after.id(),
                    ZoneId.of(after.timeZone()),
                    BarberChoice.any(),
                    TouchedDates.all()))
            : after);
  }

  /** The appointments that the database would not let into the zone; no more come, by the lock. */
  private long overMidnight(long id, String zone) {
    return database
        .sql(
            """
            SELECT count(*) FROM appointments
            WHERE location_id = :id AND occupies_time(status)
              AND ((busy_from AT TIME ZONE :zone)::date <> (starts_at AT TIME ZONE :zone)::date
                OR ((busy_until - interval '1 microsecond') AT TIME ZONE :zone)::date
                  <> (starts_at AT TIME ZONE :zone)::date)
            """)
        .param("id", id)
        .param("zone", zone)
        .query(Long.class)
        .single();
  }

  private Optional<LocationDetails> details(long id) {
    return database
        .sql("SELECT id, name, time_zone, version FROM locations WHERE id = ?")
        .param(id)
        .query(
            (row, n) ->
                new LocationDetails(
                    row.getLong("id"),
                    row.getString("name"),
                    row.getString("time_zone"),
                    row.getLong("version"),
                    null))
        .optional();
  }

  private static CatalogRefusal unknownZone() {
    return new CatalogRefusal.Invalid("timeZone", "must be a zone that the database knows too");
  }
}
