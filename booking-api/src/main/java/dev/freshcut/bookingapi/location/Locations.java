package dev.freshcut.bookingapi.location;

import dev.freshcut.bookingapi.web.Missing;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The database's side of locations. */
@Repository
class Locations {
  /** More of either than any shop has. */
  private static final int MAX_ROWS = 1_000;

  private final JdbcClient database;

  Locations(JdbcClient database) {
    this.database = database;
  }

  List<Location> after(long id, int limit) {
    return database
        .sql("SELECT id, name, time_zone FROM locations WHERE id > ? ORDER BY id LIMIT ?")
        .params(id, limit)
        .query(
            (row, n) ->
                new Location(row.getLong("id"), row.getString("name"), row.getString("time_zone")))
        .list();
  }

  List<ServiceView> activeServices(long locationId) {
    requireLocation(locationId);
    return database
        .sql(
            """
            SELECT id, name, duration_minutes, buffer_before_minutes, buffer_after_minutes,
              price_minor, currency
            FROM services WHERE location_id = ? AND active ORDER BY id LIMIT ?
            """)
        .params(locationId, MAX_ROWS)
        .query(
            (row, n) ->
                new ServiceView(
                    row.getLong("id"),
                    row.getString("name"),
                    row.getInt("duration_minutes"),
                    row.getInt("buffer_before_minutes"),
                    row.getInt("buffer_after_minutes"),
                    row.getLong("price_minor"),
                    row.getString("currency")))
        .list();
  }

  List<BarberView> activeBarbers(long locationId) {
    requireLocation(locationId);
    return database
        .sql("SELECT id, name FROM barbers WHERE location_id = ? AND active ORDER BY id LIMIT ?")
        .params(locationId, MAX_ROWS)
        .query((row, n) -> new BarberView(row.getLong("id"), row.getString("name")))
        .list();
  }

  private void requireLocation(long id) {
    boolean exists =
        database
            .sql("SELECT EXISTS (SELECT FROM locations WHERE id = ?)")
            .param(id)
            .query(Boolean.class)
            .single();
    if (!exists) {
      throw Missing.location(id);
    }
  }
}
