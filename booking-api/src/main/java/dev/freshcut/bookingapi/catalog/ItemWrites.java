package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Versioned;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.Rows;
import dev.freshcut.bookingapi.write.Writes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds, makes and changes what a location has several of: barbers, services. Table and columns are
 * the subclass's, and never a client's.
 *
 * @param <T> one of them
 */
abstract class ItemWrites<T extends Versioned> {
  private static final int MOST = 500;

  private final JdbcClient database;
  private final Places places;
  private final Rows rows;
  private final Writes writes;
  private final AuditLog audit;
  private final String name;
  private final String table;
  private final RowMapper<T> mapper;

  /**
   * @param name of one of them; the table has an s more
   */
  ItemWrites(
      JdbcClient database,
      Places places,
      Rows rows,
      Writes writes,
      AuditLog audit,
      String name,
      RowMapper<T> mapper) {
    this.database = database;
    this.places = places;
    this.rows = rows;
    this.writes = writes;
    this.audit = audit;
    this.name = name;
    this.table = name + "s";
    this.mapper = mapper;
  }

  /** The location has none with this id. */
  abstract CatalogRefusal missing(long locationId, long id);

  /** What the audit log says of a new or changed one. */
  abstract Map<String, ?> noted(T after, Map<String, ?> values);

  Outcome<T, CatalogRefusal> find(Caller.User caller, long locationId, long id) {
    return caller.mayWorkAt(locationId)
        ? there(locationId, id, "")
        : Outcome.refused(new CatalogRefusal.NoLocation(locationId));
  }

  /** All, by id. */
  List<T> all(long locationId) {
    return database
        .sql("SELECT * FROM %s WHERE location_id = ? ORDER BY id LIMIT ?".formatted(table))
        .params(locationId, MOST)
        .query(mapper)
        .list();
  }

  /** Makes one, but for the location. */
  Outcome<Written<T>, CatalogRefusal> create(
      Caller.User caller, long locationId, Map<String, ?> values) {
    return writes.attempt(
        changes -> {
          if (places.lock(caller, locationId).isEmpty()) {
            return Outcome.refused(new CatalogRefusal.NoLocation(locationId));
          }
          if (count(locationId) >= MOST) {
            return Outcome.refused(new CatalogRefusal.Full(table, MOST));
          }
          Map<String, Object> row = new LinkedHashMap<>(values);
          row.put("location_id", locationId);
          return written(caller, "create", locationId, rows.insert(table, row, changes), row);
        });
  }

  /**
   * Changes one, which is locked.
   *
   * @param wanted what is to be set, by column, or why not; null stays
   */
  Outcome<Written<T>, CatalogRefusal> change(
      Caller.User caller,
      long locationId,
      long id,
      IfMatch expected,
      Function<T, Outcome<Map<String, @Nullable Object>, CatalogRefusal>> wanted) {
    return writes.attempt(
        changes -> {
          if (places.lock(caller, locationId).isEmpty()) {
            return Outcome.refused(new CatalogRefusal.NoLocation(locationId));
          }
          return there(locationId, id, "FOR NO KEY UPDATE")
              .then(
                  before -> {
                    expected.require(before.version());
                    return wanted.apply(before);
                  })
              .then(
                  values -> {
                    values.values().removeIf(value -> value == null);
                    rows.update(table, Map.of("id", id), values, changes);
                    return written(caller, "change", locationId, id, values);
                  });
        });
  }

  private Outcome<T, CatalogRefusal> written(
      Caller.User caller, String action, long locationId, long id, Map<String, ?> values) {
    return there(locationId, id, "")
        .then(
            after -> {
              audit.record(caller, name + "." + action, name + ":" + id, noted(after, values));
              return Outcome.done(after);
            });
  }

  private long count(long locationId) {
    return database
        .sql("SELECT count(*) FROM %s WHERE location_id = ?".formatted(table))
        .param(locationId)
        .query(Long.class)
        .single();
  }

  private Outcome<T, CatalogRefusal> there(long locationId, long id, String lock) {
    Optional<T> found =
        database
            .sql("SELECT * FROM %s WHERE location_id = ? AND id = ? %s".formatted(table, lock))
            .params(locationId, id)
            .query(mapper)
            .optional();
    return Outcome.found(found, () -> missing(locationId, id));
  }
}
