package dev.freshcut.bookingapi.location;

import dev.freshcut.bookingapi.web.Missing;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    Map<Long, List<ServiceView.Special>> specials = specials(locationId);
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
                    row.getString("currency"),
                    specials.getOrDefault(row.getLong("id"), List.of())))
        .list();
  }

  /** By service. */
  private Map<Long, List<ServiceView.Special>> specials(long locationId) {
    record Row(long service, ServiceView.Special special) {}
    return database
        .sql(
            """
            SELECT service_id, barber_id, offered,
              coalesce(b.duration_minutes, s.duration_minutes) AS duration,
              coalesce(b.price_minor, s.price_minor) AS price
            FROM barber_services b
              JOIN services s ON s.location_id = b.location_id AND s.id = b.service_id
            WHERE b.location_id = ? ORDER BY service_id, barber_id
            """)
        .param(locationId)
        .query(
            (row, n) ->
                new Row(
                    row.getLong("service_id"),
                    new ServiceView.Special(
                        row.getLong("barber_id"),
                        row.getBoolean("offered"),
                        row.getInt("duration"),
                        row.getLong("price"))))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Row::service, Collectors.mapping(Row::special, Collectors.toList())));
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
