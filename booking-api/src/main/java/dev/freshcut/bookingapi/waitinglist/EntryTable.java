package dev.freshcut.bookingapi.waitinglist;

import dev.freshcut.bookingapi.security.ListScope;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The database's side of the waiting list. */
@Repository
class EntryTable {
  private static final String SELECT =
      """
      SELECT w.*, c.user_id, l.time_zone, a.barber_id AS hold_barber_id, a.starts_at, a.ends_at,
        a.hold_expires_at
      FROM waiting_list w
        JOIN customers c ON c.id = w.customer_id
        JOIN locations l ON l.id = w.location_id
        LEFT JOIN appointments a ON a.id = w.appointment_id
      """;

  private final JdbcClient database;

  EntryTable(JdbcClient database) {
    this.database = database;
  }

  Optional<EntryRow> find(long id) {
    return database.sql(SELECT + "WHERE w.id = ?").param(id).query(EntryRow::map).optional();
  }

  /** Keeps others from changing it; after its hold, if that is locked as well. */
  Optional<EntryRow> lock(long id) {
    return database
        .sql(SELECT + "WHERE w.id = ? FOR NO KEY UPDATE OF w")
        .param(id)
        .query(EntryRow::map)
        .optional();
  }

  /** Those who have waited longest first. */
  Page<EntryView> page(ListScope scope, @Nullable State state, PageRequest page) {
    Page<EntryRow> rows =
        page.load(
            "waiting list, " + scope + ", " + state,
            1,
            (last, count) -> rows(scope, state, last == null ? 0 : last.getFirst(), count),
            row -> List.of(row.id()));
    return new Page<>(rows.items().stream().map(EntryRow::view).toList(), rows.nextCursor());
  }

  private List<EntryRow> rows(ListScope scope, @Nullable State state, long last, int count) {
    StringBuilder sql = new StringBuilder(SELECT).append("WHERE w.id > :last");
    if (scope.locationId() != null) {
      sql.append(" AND w.location_id = :location");
    }
    if (scope.ownerId() != null) {
      sql.append(" AND w.customer_id IN (SELECT id FROM customers WHERE user_id = :owner)");
    }
    if (state != null) {
      sql.append(" AND w.state = :state");
    }
    return database
        .sql(sql.append(" ORDER BY w.id LIMIT :count").toString())
        .param("last", last)
        .param("location", scope.locationId())
        .param("owner", scope.ownerId())
        .param("state", state == null ? null : state.text())
        .param("count", count)
        .query(EntryRow::map)
        .list();
  }

  /** Entries whose customers still wait or have an offer. */
  record Open(long ofLocation, long ofCustomer) {}

  Open open(long locationId, long customerId) {
    return database
        .sql(
            """
            SELECT count(*) AS all, count(*) FILTER (WHERE customer_id = ?) AS own
            FROM waiting_list WHERE location_id = ? AND state IN ('waiting', 'offered')
            """)
        .params(customerId, locationId)
        .query((row, n) -> new Open(row.getLong("all"), row.getLong("own")))
        .single();
  }

  boolean barberExists(long locationId, long id) {
    return database
        .sql("SELECT EXISTS (SELECT FROM barbers WHERE location_id = ? AND id = ? AND active)")
        .params(locationId, id)
        .query(Boolean.class)
        .single();
  }

  EntryRow insert(NewEntry wanted, long customerId) {
    long id =
        database
            .sql(
                """
                INSERT INTO waiting_list (location_id, barber_id, service_id, customer_id,
                  first_date, last_date, not_before, not_after)
                VALUES (:location, :barber, :service, :customer, :from, :to, :earliest, :latest)
                RETURNING id
                """)
            .param("location", wanted.locationId())
            .param("barber", wanted.barberId())
            .param("service", wanted.serviceId())
            .param("customer", customerId)
            .param("from", wanted.from())
            .param("to", wanted.to())
            .param("earliest", wanted.earliest())
            .param("latest", wanted.latest())
            .query(Long.class)
            .single();
    return find(id).orElseThrow();
  }

  /** Of an entry that is locked. */
  EntryRow setState(long id, State state) {
    database
        .sql("UPDATE waiting_list SET state = ? WHERE id = ?")
        .params(state.text(), id)
        .update();
    return find(id).orElseThrow();
  }

  /** Whether the customer still waited. */
  boolean offer(long id, long holdId) {
    return database
            .sql(
                """
                UPDATE waiting_list SET state = 'offered', appointment_id = ?
                WHERE id = ? AND state = 'waiting'
                """)
            .params(holdId, id)
            .update()
        == 1;
  }
}
