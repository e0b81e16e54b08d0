package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Rows;
import dev.freshcut.bookingapi.write.Writes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Says what single barbers do differently from what services say. */
@Service
class BarberServiceWrites {
  private static final String TABLE = "barber_services";

  private final JdbcClient database;
  private final Places places;
  private final Rows rows;
  private final Writes writes;
  private final AuditLog audit;

  BarberServiceWrites(
      JdbcClient database, Places places, Rows rows, Writes writes, AuditLog audit) {
    this.database = database;
    this.places = places;
    this.rows = rows;
    this.writes = writes;
    this.audit = audit;
  }

  /** Which barber and which service. */
  record Which(long locationId, long barberId, long serviceId) {
    Map<String, Long> key() {
      return Map.of("location_id", locationId, "barber_id", barberId, "service_id", serviceId);
    }
  }

  Outcome<BarberServiceDetails, CatalogRefusal> find(Caller.User caller, Which which) {
    return caller.mayWorkAt(which.locationId())
        ? there(which)
        : Outcome.refused(new CatalogRefusal.NoLocation(which.locationId()));
  }

  /** Replaces all that the barber did differently. */
  Outcome<Written<BarberServiceDetails>, CatalogRefusal> put(
      Caller.User caller, Which which, BarberTerms wanted, IfMatch expected) {
    return writes.attempt(
        changes -> {
          Optional<CatalogRefusal> missing = lock(caller, which);
          if (missing.isPresent()) {
            return Outcome.refused(missing.get());
          }
          Optional<BarberServiceDetails> before = details(which);
          expected.require(before);
          Map<String, @Nullable Object> values = new LinkedHashMap<>();
          values.put("offered", wanted.offered());
          values.put("duration_minutes", wanted.durationMinutes());
          values.put("price_minor", wanted.priceMinor());
          if (before.isPresent()) {
            rows.update(TABLE, which.key(), values, changes);
          } else {
            Map<String, @Nullable Object> row = new LinkedHashMap<>(values);
            row.putAll(which.key());
            rows.insert(TABLE, row, changes);
          }
          note(caller, which, "barber-service.put", values);
          return there(which);
        });
  }

  /** She does as the service says again. */
  Outcome<Written<BarberServiceDetails>, CatalogRefusal> delete(
      Caller.User caller, Which which, IfMatch expected) {
    return writes.attempt(
        changes -> {
          Optional<CatalogRefusal> missing = lock(caller, which);
          return missing.isPresent()
              ? Outcome.refused(missing.get())
              : there(which).then(before -> delete(caller, which, before, expected, changes));
        });
  }

  private Outcome<BarberServiceDetails, CatalogRefusal> delete(
      Caller.User caller,
      Which which,
      BarberServiceDetails before,
      IfMatch expected,
      RowChanges changes) {
    expected.require(before.version());
    rows.delete(TABLE, which.key(), changes);
    note(caller, which, "barber-service.delete", Map.of());
    return Outcome.done(before);
  }

  private Optional<CatalogRefusal> lock(Caller.User caller, Which which) {
    if (places.lock(caller, which.locationId()).isEmpty()) {
      return Optional.of(new CatalogRefusal.NoLocation(which.locationId()));
    }
    if (!places.lockBarber(which.locationId(), which.barberId())) {
      return Optional.of(new CatalogRefusal.NoBarber(which.locationId(), which.barberId()));
    }
    boolean service =
        database
            .sql("SELECT EXISTS (SELECT FROM services WHERE location_id = ? AND id = ?)")
            .params(which.locationId(), which.serviceId())
            .query(Boolean.class)
            .single();
    return service
        ? Optional.empty()
        : Optional.of(new CatalogRefusal.NoService(which.locationId(), which.serviceId()));
  }

  private void note(
      Caller.User caller, Which which, String action, Map<String, ? extends @Nullable Object> of) {
    Map<String, @Nullable Object> detail = new LinkedHashMap<>(of);
    detail.put("service", which.serviceId());
    audit.record(caller, action, "barber:" + which.barberId(), detail);
  }

  private Outcome<BarberServiceDetails, CatalogRefusal> there(Which which) {
    return Outcome.found(
        details(which),
        () -> new CatalogRefusal.NothingSpecial(which.barberId(), which.serviceId()));
  }

  private Optional<BarberServiceDetails> details(Which which) {
    return database
        .sql(
            """
            SELECT * FROM barber_services
            WHERE location_id = ? AND barber_id = ? AND service_id = ?
            """)
        .params(which.locationId(), which.barberId(), which.serviceId())
        .query(
            (row, n) ->
                new BarberServiceDetails(
                    row.getLong("location_id"),
                    row.getLong("barber_id"),
                    row.getLong("service_id"),
                    row.getBoolean("offered"),
                    row.getObject("duration_minutes", Integer.class),
                    row.getObject("price_minor", Long.class),
                    row.getLong("version")))
        .optional();
  }
}
