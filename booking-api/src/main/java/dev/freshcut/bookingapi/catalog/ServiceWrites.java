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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Makes and changes services. */
@Service
class ServiceWrites {
  private static final String TABLE = "services";
  private static final int MOST = 500;

  private final JdbcClient database;
  private final Places places;
  private final Rows rows;
  private final Writes writes;
  private final AuditLog audit;

  ServiceWrites(JdbcClient database, Places places, Rows rows, Writes writes, AuditLog audit) {
    this.database = database;
    this.places = places;
    this.rows = rows;
    this.writes = writes;
    this.audit = audit;
  }

  Outcome<ServiceDetails, CatalogRefusal> find(Caller.User caller, long locationId, long id) {
    if (!caller.mayWorkAt(locationId)) {
      return Outcome.refused(new CatalogRefusal.NoLocation(locationId));
    }
    return details(locationId, id)
        .<Outcome<ServiceDetails, CatalogRefusal>>map(Outcome::done)
        .orElseGet(() -> Outcome.refused(new CatalogRefusal.NoService(locationId, id)));
  }

  Outcome<Written<ServiceDetails>, CatalogRefusal> create(
      Caller.User caller, long locationId, NewService wanted) {
    return writes.attempt(
        changes -> {
          if (places.lock(caller, locationId).isEmpty()) {
            return Outcome.refused(new CatalogRefusal.NoLocation(locationId));
          }
          if (count(locationId) >= MOST) {
            return Outcome.refused(new CatalogRefusal.Full("services", MOST));
          }
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("location_id", locationId);
          row.put("name", wanted.name());
          row.put("duration_minutes", wanted.durationMinutes());
          row.put(
              "buffer_before_minutes", Objects.requireNonNullElse(wanted.bufferBeforeMinutes(), 0));
          row.put(
              "buffer_after_minutes", Objects.requireNonNullElse(wanted.bufferAfterMinutes(), 0));
          row.put("price_minor", wanted.priceMinor());
          row.put("currency", wanted.currency());
          long id = rows.insert(TABLE, row, changes);
          audit.record(caller, "service.create", "service:" + id, row);
          return Outcome.done(details(locationId, id).orElseThrow());
        });
  }

  Outcome<Written<ServiceDetails>, CatalogRefusal> change(
      Caller.User caller, long locationId, long id, ServiceChange wanted, IfMatch expected) {
    return writes.attempt(
        changes -> {
          if (places.lock(caller, locationId).isEmpty()) {
            return Outcome.refused(new CatalogRefusal.NoLocation(locationId));
          }
          Optional<ServiceDetails> before = details(locationId, id);
          if (before.isEmpty()) {
            return Outcome.refused(new CatalogRefusal.NoService(locationId, id));
          }
          expected.require(before.get().version());
          return change(caller, before.get(), wanted, changes);
        });
  }

  private Outcome<ServiceDetails, CatalogRefusal> change(
      Caller.User caller, ServiceDetails before, ServiceChange wanted, RowChanges changes) {
    if (wanted.currency() != null && !wanted.currency().equals(before.currency())) {
      if (wanted.priceMinor() == null) {
        return Outcome.refused(
            new CatalogRefusal.Invalid("priceMinor", "is missing: the currency is another"));
      }
      if (barbersHavePrices(before)) {
        return Outcome.refused(
            new CatalogRefusal.Invalid(
                "currency",
                "must stay %s while barbers have prices of their own"
                    .formatted(before.currency())));
      }
    }
    Map<String, Object> values = new LinkedHashMap<>();
    put(values, "name", wanted.name());
    put(values, "duration_minutes", wanted.durationMinutes());
    put(values, "buffer_before_minutes", wanted.bufferBeforeMinutes());
    put(values, "buffer_after_minutes", wanted.bufferAfterMinutes());
    put(values, "price_minor", wanted.priceMinor());
    put(values, "currency", wanted.currency());
    put(values, "active", wanted.active());
    rows.update(TABLE, Map.of("id", before.id()), values, changes);
    audit.record(caller, "service.change", "service:" + before.id(), values);
    return Outcome.done(details(before.locationId(), before.id()).orElseThrow());
  }

  private static void put(Map<String, Object> values, String column, @Nullable Object value) {
    if (value != null) {
      values.put(column, value);
    }
  }

  /** Theirs are in the service's currency, and would be as many of another. */
  private boolean barbersHavePrices(ServiceDetails service) {
    return database
        .sql(
            """
            SELECT EXISTS (SELECT FROM barber_services
              WHERE location_id = ? AND service_id = ? AND price_minor IS NOT NULL)
            """)
        .params(service.locationId(), service.id())
        .query(Boolean.class)
        .single();
  }

  private long count(long locationId) {
    return database
        .sql("SELECT count(*) FROM services WHERE location_id = ?")
        .param(locationId)
        .query(Long.class)
        .single();
  }

  /** All, by id. */
  List<ServiceDetails> all(long locationId) {
    return database
        .sql("SELECT * FROM services WHERE location_id = ? ORDER BY id LIMIT ?")
        .params(locationId, MOST)
        .query(ServiceWrites::map)
        .list();
  }

  private Optional<ServiceDetails> details(long locationId, long id) {
    return database
        .sql("SELECT * FROM services WHERE location_id = ? AND id = ?")
        .params(locationId, id)
        .query(ServiceWrites::map)
        .optional();
  }

  private static ServiceDetails map(ResultSet row, int n) throws SQLException {
    return new ServiceDetails(
        row.getLong("id"),
        row.getLong("location_id"),
        row.getString("name"),
        row.getInt("duration_minutes"),
        row.getInt("buffer_before_minutes"),
        row.getInt("buffer_after_minutes"),
        row.getLong("price_minor"),
        row.getString("currency"),
        row.getBoolean("active"),
        row.getLong("version"));
  }
}
