package dev.freshcut.bookingapi.webhook;

import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Deliveries to webhooks, which the notification worker writes down. */
@Repository
class DeliveryTable {
  private final JdbcClient database;

  DeliveryTable(JdbcClient database) {
    this.database = database;
  }

  private record Row(long number, DeliveryView view) {}

  /** Those of a webhook, the newest first. */
  Page<DeliveryView> page(long webhookId, PageRequest page) {
    Page<Row> rows =
        page.load(
            "deliveries of webhook " + webhookId,
            1,
            (last, count) ->
                database
                    .sql(
                        """
                        SELECT * FROM webhook_deliveries WHERE webhook_id = ? AND number < ?
                        ORDER BY number DESC LIMIT ?
                        """)
                    .params(webhookId, last == null ? Long.MAX_VALUE : last.getFirst(), count)
                    .query(DeliveryTable::map)
                    .list(),
            row -> List.of(row.number()));
    return new Page<>(rows.items().stream().map(Row::view).toList(), rows.nextCursor());
  }

  private static Row map(ResultSet row, int n) throws SQLException {
    OffsetDateTime delivered = row.getObject("delivered_at", OffsetDateTime.class);
    return new Row(
        row.getLong("number"),
        new DeliveryView(
            row.getString("id"),
            row.getString("event"),
            row.getString("state"),
            row.getInt("attempts"),
            row.getObject("last_status", Integer.class),
            row.getString("last_error"),
            row.getObject("created_at", OffsetDateTime.class).toInstant(),
            delivered == null ? null : delivered.toInstant()));
  }
}
