package dev.freshcut.bookingapi.payment;

import dev.freshcut.bookingapi.web.Micros;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists of payments, by when they were paid, or else recorded. */
@Repository
class PaymentList {
  private static final String TIME = "coalesce(p.paid_at, p.created_at)";
  private static final String LOCAL_DATE = "(" + TIME + " AT TIME ZONE l.time_zone)::date";

  private final JdbcClient database;

  PaymentList(JdbcClient database) {
    this.database = database;
  }

  Page<PaymentView> page(PaymentFilter filter, PageRequest page) {
    Page<PaymentRow> rows =
        page.load(
            "payments by time, " + filter,
            2,
            (last, count) -> rows(filter, last, count),
            row -> List.of(Micros.of(row.time()), row.id()));
    return new Page<>(rows.items().stream().map(PaymentRow::view).toList(), rows.nextCursor());
  }

  private List<PaymentRow> rows(PaymentFilter filter, @Nullable List<Long> last, int count) {
    StringBuilder sql =
        new StringBuilder("SELECT " + PaymentRow.COLUMNS)
            .append(" FROM payments p JOIN locations l ON l.id = p.location_id WHERE true");
    if (filter.scope().locationId() != null) {
      sql.append(" AND p.location_id = :location");
    }
    if (filter.scope().ownerId() != null) {
      sql.append(" AND p.appointment_id IN (SELECT a.id FROM appointments a")
          .append(" JOIN customers c ON c.id = a.customer_id WHERE c.user_id = :owner)");
    }
    if (filter.appointmentId() != null) {
      sql.append(" AND p.appointment_id = :appointment");
    }
    if (filter.from() != null) {
      // No zone is a whole day from UTC: the first is for the index, the second decides.
      sql.append(" AND " + TIME + " >= :fromTime AND " + LOCAL_DATE + " >= :from");
    }
    if (filter.to() != null) {
      sql.append(" AND " + TIME + " < :toTime AND " + LOCAL_DATE + " <= :to");
    }
    if (filter.kind() != null) {
      sql.append(" AND p.kind = :kind");
    }
    if (filter.method() != null) {
      sql.append(" AND p.method = :method");
    }
    if (filter.status() != null) {
      sql.append(" AND p.status = :status");
    }
    if (last != null) {
      sql.append(" AND (" + TIME + ", p.id) > (:lastTime, :lastId)");
    }
    sql.append(" ORDER BY " + TIME + ", p.id LIMIT :count");
    return bind(database.sql(sql.toString()), filter, last)
        .param("count", count)
        .query(PaymentRow::map)
        .list();
  }

  /** Parameters that the statement does not have are passed over. */
  private static JdbcClient.StatementSpec bind(
      JdbcClient.StatementSpec statement, PaymentFilter filter, @Nullable List<Long> last) {
    Kind kind = filter.kind();
    Method method = filter.method();
    PaymentStatus status = filter.status();
    JdbcClient.StatementSpec bound =
        statement
            .param("location", filter.scope().locationId())
            .param("owner", filter.scope().ownerId())
            .param("appointment", filter.appointmentId())
            .param("from", filter.from())
            .param("fromTime", filter.from() == null ? null : midnight(filter.from().minusDays(1)))
            .param("to", filter.to())
            .param("toTime", filter.to() == null ? null : midnight(filter.to().plusDays(2)))
            .param("kind", kind == null ? null : kind.text())
            .param("method", method == null ? null : method.text())
            .param("status", status == null ? null : status.text());
    return last == null
        ? bound
        : bound.param("lastTime", Micros.time(last.getFirst())).param("lastId", last.getLast());
  }

  private static OffsetDateTime midnight(LocalDate date) {
    return date.atStartOfDay().atOffset(ZoneOffset.UTC);
  }
}
