package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.Rows;
import dev.freshcut.bookingapi.write.Writes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Makes and changes barbers. */
@Service
class BarberWrites extends ItemWrites<BarberDetails> {
  private final JdbcClient database;
  private final Clock clock;

  BarberWrites(
      JdbcClient database, Places places, Rows rows, Writes writes, AuditLog audit, Clock clock) {
    super(
        database,
        places,
        rows,
        writes,
        audit,
        "barber",
        (row, n) ->
            new BarberDetails(
                row.getLong("id"),
                row.getLong("location_id"),
                row.getString("name"),
                row.getBoolean("active"),
                row.getLong("version")));
    this.database = database;
    this.clock = clock;
  }

  @Override
  CatalogRefusal missing(long locationId, long id) {
    return new CatalogRefusal.NoBarber(locationId, id);
  }

  /** Not her name. */
  @Override
  Map<String, ?> noted(BarberDetails after, Map<String, ?> values) {
    return Map.of("location", after.locationId(), "active", after.active());
  }

  Outcome<Written<BarberDetails>, CatalogRefusal> create(
      Caller.User caller, long locationId, NewBarber wanted) {
    return create(caller, locationId, Map.of("name", wanted.name()));
  }

  Outcome<Written<BarberDetails>, CatalogRefusal> change(
      Caller.User caller, long locationId, long id, BarberChange wanted, IfMatch expected) {
    return change(caller, locationId, id, expected, before -> values(before, wanted));
  }

  private Outcome<Map<String, @Nullable Object>, CatalogRefusal> values(
      BarberDetails before, BarberChange wanted) {
    boolean stops = before.active() && Boolean.FALSE.equals(wanted.active());
    if (stops && !Boolean.TRUE.equals(wanted.keepAppointments())) {
      long toCome = appointmentsToCome(before);
      if (toCome > 0) {
        return Outcome.refused(new CatalogRefusal.StillBooked(toCome));
      }
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", wanted.name());
    values.put("active", wanted.active());
    return Outcome.done(values);
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
}
