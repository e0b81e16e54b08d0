package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.Micros;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists of appointments, by their beginning. */
@Repository
class AppointmentList {
  private final JdbcClient database;

  AppointmentList(JdbcClient database) {
    this.database = database;
  }

  Page<AppointmentView> page(AppointmentFilter filter, PageRequest page, Caller.User caller) {
    Page<AppointmentRow> rows =
        page.load(
            "appointments by start, " + filter,
            2,
            (last, count) -> rows(filter, last, count),
            row -> List.of(Micros.of(row.startsAt()), row.id()));
    return new Page<>(
        rows.items().stream().map(row -> row.view(caller)).toList(), rows.nextCursor());
  }

  private List<AppointmentRow> rows(
      AppointmentFilter filter, @Nullable List<Long> last, int count) {
    StringBuilder sql =
        new StringBuilder("SELECT " + AppointmentRow.COLUMNS + " FROM appointments a")
            .append(" WHERE a.status NOT IN ('held', 'expired')");
    if (filter.scope().locationId() != null) {
      sql.append(" AND a.location_id = :location");
    }
    if (filter.scope().ownerId() != null) {
      sql.append(" AND a.customer_id IN (SELECT id FROM customers WHERE user_id = :owner)");
    }
    if (filter.customerId() != null) {
      sql.append(" AND a.customer_id = :customer");
    }
    if (filter.barberId() != null) {
      sql.append(" AND a.barber_id = :barber");
    }
    if (filter.from() != null) {
      sql.append(" AND a.local_date >= :from");
    }
    if (filter.to() != null) {
      sql.append(" AND a.local_date <= :to");
    }
    if (filter.status() != null) {
      sql.append(" AND a.status = :status");
    }
    if (last != null) {
      sql.append(" AND (a.starts_at, a.id) > (:lastStart, :lastId)");
    }
    sql.append(" ORDER BY a.starts_at, a.id LIMIT :count");
    return bind(database.sql(sql.toString()), filter, last)
        .param("count", count)
        .query(AppointmentRow::map)
        .list();
  }

  /** Parameters that the statement does not have are passed over. */
  private static JdbcClient.StatementSpec bind(
      JdbcClient.StatementSpec statement, AppointmentFilter filter, @Nullable List<Long> last) {
    Status status = filter.status();
    JdbcClient.StatementSpec bound =
        statement
            .param("location", filter.scope().locationId())
            .param("owner", filter.scope().ownerId())
            .param("customer", filter.customerId())
            .param("barber", filter.barberId())
            .param("from", filter.from())
            .param("to", filter.to())
            .param("status", status == null ? null : status.text());
    return last == null
        ? bound
        : bound.param("lastStart", Micros.time(last.getFirst())).param("lastId", last.getLast());
  }
}
