package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.Rows;
import dev.freshcut.bookingapi.write.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Makes and changes services. */
@Service
class ServiceWrites extends ItemWrites<ServiceDetails> {
  private final JdbcClient database;

  ServiceWrites(JdbcClient database, Places places, Rows rows, Writes writes, AuditLog audit) {
    super(database, places, rows, writes, audit, "service", ServiceWrites::map);
    this.database = database;
  }

  @Override
  CatalogRefusal missing(long locationId, long id) {
    return new CatalogRefusal.NoService(locationId, id);
  }

  @Override
  Map<String, ?> noted(ServiceDetails after, Map<String, ?> values) {
    return values;
  }

  Outcome<Written<ServiceDetails>, CatalogRefusal> create(
      Caller.User caller, long locationId, NewService wanted) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", wanted.name());
    row.put("duration_minutes", wanted.durationMinutes());
    row.put("buffer_before_minutes", Objects.requireNonNullElse(wanted.bufferBeforeMinutes(), 0));
    row.put("buffer_after_minutes", Objects.requireNonNullElse(wanted.bufferAfterMinutes(), 0));
    row.put("price_minor", wanted.priceMinor());
    row.put("currency", wanted.currency());
    return create(caller, locationId, row);
  }

  Outcome<Written<ServiceDetails>, CatalogRefusal> change(
      Caller.User caller, long locationId, long id, ServiceChange wanted, IfMatch expected) {
    return change(caller, locationId, id, expected, before -> values(before, wanted));
  }

  private Outcome<Map<String, @Nullable Object>, CatalogRefusal> values(
      ServiceDetails before, ServiceChange wanted) {
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
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("name", wanted.name());
    values.put("duration_minutes", wanted.durationMinutes());
    values.put("buffer_before_minutes", wanted.bufferBeforeMinutes());
    values.put("buffer_after_minutes", wanted.bufferAfterMinutes());
    values.put("price_minor", wanted.priceMinor());
    values.put("currency", wanted.currency());
    values.put("active", wanted.active());
    return Outcome.done(values);
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
