package dev.freshcut.quickstart.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What was paid for the demo's appointments: those that took place, one in three with a tip, a few
 * given back in part.
 */
final class Till {
  private static final List<String> STATEMENTS =
      List.of(
          """
          with paid as (
            select *, case when id % 3 = 0 then greatest(100, price_minor / 1000 * 100) else 0 end
              as tip
            from appointments where status = 'completed')
          insert into payments (location_id, appointment_id, method, status, amount_minor,
            tip_minor, currency, paid_at)
          select location_id, id, (array['card', 'card', 'cash', 'online'])[1 + id % 4], 'settled',
            price_minor + tip, tip, currency, least(ends_at, ?)
          from paid
          """,
          """
          insert into payments (location_id, appointment_id, kind, refund_of, method, status,
            amount_minor, currency, paid_at)
          select location_id, appointment_id, 'refund', id, method, 'settled',
            (amount_minor - tip_minor) / 2, currency, least(paid_at + interval '2 hours', ?)
          from payments where appointment_id % 40 = 0 and kind = 'payment'
          """);

  private Till() {}

  /**
   * Loads the payments.
   *
   * @param now nothing was paid after it
   */
  static void load(Connection connection, Instant now) throws SQLException {
    for (String sql : STATEMENTS) {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setObject(1, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
        statement.executeUpdate();
      }
    }
  }
}
