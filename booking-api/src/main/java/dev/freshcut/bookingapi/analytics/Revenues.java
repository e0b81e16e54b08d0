package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.analytics.RevenueView.Part;
import dev.freshcut.bookingapi.analytics.RevenueView.Share;
import dev.freshcut.bookingapi.analytics.RevenueView.Total;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Loads revenue, in five statements. */
@Repository
class Revenues {
  private static final String SUMS =
      """
      coalesce(sum(m.gross), 0)::bigint AS gross,
      coalesce(sum(m.refunded), 0)::bigint AS refunded,
      coalesce(sum(m.gross - m.refunded), 0)::bigint AS net,
      coalesce(sum(m.tip), 0)::bigint AS tips
      """;

  private final JdbcClient database;
  private final Zones zones;

  Revenues(JdbcClient database, Zones zones) {
    this.database = database;
    this.zones = zones;
  }

  /** What revenue is of. */
  record Key(Period period, Unit unit) {}

  RevenueView load(Key key) {
    Period period = key.period();
    return new RevenueView(
        period.locationId(),
        zones.of(period.locationId()),
        period.from(),
        period.to(),
        key.unit(),
        totals(period),
        parts(period, key.unit()),
        shares(period, "services", "service_id"),
        shares(period, "barbers", "barber_id"));
  }

  private List<Total> totals(Period period) {
    return of(
            period,
            """
            SELECT m.currency, count(*) FILTER (WHERE m.is_payment) AS payments,
              round(sum(m.gross) / nullif(
                count(DISTINCT m.appointment_id) FILTER (WHERE m.is_payment), 0))::bigint
                AS ticket,
            """
                + SUMS
                + """
                FROM settled_payments(:location, :from, :to) m
                GROUP BY m.currency ORDER BY m.currency
                """)
        .query(
            (row, n) ->
                new Total(
                    row.getString("currency"),
                    row.getLong("payments"),
                    row.getLong("gross"),
                    row.getLong("refunded"),
                    row.getLong("net"),
                    row.getLong("tips"),
                    row.getObject("ticket", Long.class)))
        .list();
  }

  private List<Part> parts(Period period, Unit unit) {
    return of(
            period,
            """
            WITH money AS MATERIALIZED (
              SELECT *, date_trunc(:unit, local_date::timestamp)::date AS part
              FROM settled_payments(:location, :from, :to)
            ), days AS (
              SELECT :from::date + n AS day FROM generate_series(0, :to::date - :from::date) AS n
            ), parts AS (
              SELECT date_trunc(:unit, day::timestamp)::date AS part, min(day) AS first,
                max(day) AS last
              FROM days GROUP BY 1
            )
            SELECT p.first, p.last, c.currency,
              to_char(p.part, CASE :unit WHEN 'day' THEN 'YYYY-MM-DD'
                WHEN 'week' THEN 'IYYY-"W"IW' ELSE 'YYYY-MM' END) AS name,
            """
                + SUMS
                + """
                FROM parts p CROSS JOIN (SELECT DISTINCT currency FROM money) c
                  LEFT JOIN money m ON m.part = p.part AND m.currency = c.currency
                GROUP BY p.part, p.first, p.last, c.currency ORDER BY p.part, c.currency
                """)
        .param("unit", unit.text())
        .query(
            (row, n) ->
                new Part(
                    row.getString("name"),
                    row.getObject("first", LocalDate.class),
                    row.getObject("last", LocalDate.class),
                    row.getString("currency"),
                    row.getLong("gross"),
                    row.getLong("refunded"),
                    row.getLong("net"),
                    row.getLong("tips")))
        .list();
  }

  private List<Share> shares(Period period, String table, String column) {
    return of(
            period,
            "SELECT o.id, o.name, m.currency, "
                + SUMS
                + " FROM settled_payments(:location, :from, :to) m"
                + " JOIN appointments a ON a.id = m.appointment_id JOIN %s o ON o.id = a.%s"
                    .formatted(table, column)
                + " GROUP BY o.id, o.name, m.currency ORDER BY m.currency, net DESC, o.id")
        .query(
            (row, n) ->
                new Share(
                    row.getLong("id"),
                    row.getString("name"),
                    row.getString("currency"),
                    row.getLong("gross"),
                    row.getLong("refunded"),
                    row.getLong("net"),
                    row.getLong("tips")))
        .list();
  }

  private JdbcClient.StatementSpec of(Period period, String sql) {
    return database
        .sql(sql)
        .param("location", period.locationId())
        .param("from", period.from())
        .param("to", period.to());
  }
}
