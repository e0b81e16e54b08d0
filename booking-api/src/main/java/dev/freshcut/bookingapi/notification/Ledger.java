package dev.freshcut.bookingapi.notification;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.write.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was sent, which the notification worker writes down. */
@Repository
class Ledger {
  private final JdbcClient database;

  Ledger(JdbcClient database) {
    this.database = database;
  }

  private record Row(long number, NotificationView view) {}

  private record Owner(long locationId, @Nullable Long userId) {}

  /** What a customer was told, the newest first. */
  Outcome<Page<NotificationView>, Problem> ofCustomer(
      Caller.User caller, long id, PageRequest page) {
    return of(
        caller,
        "SELECT location_id, user_id FROM customers WHERE id = ?",
        Problem.of(ProblemType.CUSTOMER_NOT_FOUND, "Customer " + id),
        "customer_id",
        id,
        page);
  }

  /** What an appointment's customer was told of it, the newest first. */
  Outcome<Page<NotificationView>, Problem> ofAppointment(
      Caller.User caller, long id, PageRequest page) {
    return of(
        caller,
        """
        SELECT a.location_id, c.user_id
        FROM appointments a JOIN customers c ON c.id = a.customer_id WHERE a.id = ?
        """,
        Problem.of(ProblemType.APPOINTMENT_NOT_FOUND, "Appointment " + id),
        "appointment_id",
        id,
        page);
  }

  private Outcome<Page<NotificationView>, Problem> of(
      Caller.User caller,
      String owner,
      Problem otherwise,
      String column,
      long id,
      PageRequest page) {
    return Outcome.found(
            database
                .sql(owner)
                .param(id)
                .query(
                    (row, n) ->
                        new Owner(row.getLong("location_id"), row.getObject("user_id", Long.class)))
                .optional()
                .filter(found -> caller.mayHandle(found.userId(), found.locationId())),
            () -> otherwise)
        .then(found -> Outcome.done(page(column, id, page)));
  }

  private Page<NotificationView> page(String column, long id, PageRequest page) {
    Page<Row> rows =
        page.load(
            "notifications of " + column + " " + id,
            1,
            (last, count) ->
                database
                    .sql(
                        """
                        SELECT * FROM notifications WHERE %s = ? AND number < ?
                        ORDER BY number DESC LIMIT ?
                        """
                            .formatted(column))
                    .params(id, last == null ? Long.MAX_VALUE : last.getFirst(), count)
                    .query(Ledger::map)
                    .list(),
            row -> List.of(row.number()));
    return new Page<>(rows.items().stream().map(Row::view).toList(), rows.nextCursor());
  }

  private static Row map(ResultSet row, int n) throws SQLException {
    return new Row(
        row.getLong("number"),
        new NotificationView(
            row.getString("id"),
            row.getObject("appointment_id", Long.class),
            row.getObject("waiting_list_id", Long.class),
            row.getString("kind"),
            row.getString("channel"),
            row.getString("state"),
            row.getString("reason"),
            row.getInt("attempts"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            instant(row.getObject("sent_at", OffsetDateTime.class))));
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
