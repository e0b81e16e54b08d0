package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.analytics.ServicesView.Entry;
import dev.freshcut.bookingapi.analytics.ServicesView.Revenue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Loads figures of services, in three statements. */
@Repository
class ServiceFigures {
  private final JdbcClient database;
  private final Zones zones;

  ServiceFigures(JdbcClient database, Zones zones) {
    this.database = database;
    this.zones = zones;
  }

  ServicesView load(Period period) {
    String zone = zones.of(period.locationId());
    Map<Long, List<Revenue>> revenue = revenue(period);
    List<Entry> entries =
        of(
                period,
                """
                WITH counted AS (
                  SELECT s.id, s.name,
                    count(*) FILTER (WHERE a.status IN ('pending', 'confirmed', 'completed',
                      'no_show')) AS bookings,
                    count(*) FILTER (WHERE a.status = 'completed') AS completed,
                    count(*) FILTER (WHERE a.status = 'no_show') AS no_shows,
                    count(*) FILTER (WHERE a.status = 'cancelled') AS cancelled,
                    coalesce(sum(extract(epoch FROM a.ends_at - a.starts_at))
                      FILTER (WHERE a.status IN ('pending', 'confirmed', 'completed')), 0) AS seconds
                  FROM services s
                    LEFT JOIN appointments a
                      ON a.location_id = s.location_id AND a.service_id = s.id
                        AND a.local_date BETWEEN :from AND :to
                        AND a.status NOT IN ('held', 'expired')
                  WHERE s.location_id = :location
                  GROUP BY s.id, s.name
                )
                SELECT id, name, bookings, completed, no_shows, cancelled,
                  floor(seconds / 60)::bigint AS minutes,
                  round(bookings / nullif(sum(bookings) OVER (), 0), 4) AS share
                FROM counted ORDER BY bookings DESC, id
                """)
            .query(
                (row, n) ->
                    new Entry(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getLong("bookings"),
                        row.getBigDecimal("share"),
                        row.getLong("completed"),
                        row.getLong("no_shows"),
                        row.getLong("cancelled"),
                        row.getLong("minutes"),
                        revenue.getOrDefault(row.getLong("id"), List.of())))
            .list();
    return new ServicesView(
        period.locationId(),
        zone,
        period.from(),
        period.to(),
        entries.stream().filter(ServiceFigures::hasAny).toList());
  }

  private static boolean hasAny(Entry entry) {
    return entry.bookings() > 0 || entry.cancelled() > 0 || !entry.revenue().isEmpty();
  }

  /** By service. */
  private Map<Long, List<Revenue>> revenue(Period period) {
    Map<Long, List<Revenue>> revenue = new HashMap<>();
    of(
            period,
            """
            SELECT a.service_id, m.currency, sum(m.gross - m.refunded)::bigint AS net
            FROM settled_payments(:location, :from, :to) m
              JOIN appointments a ON a.id = m.appointment_id
            GROUP BY a.service_id, m.currency ORDER BY m.currency
            """)
        .query(
            row -> {
              revenue
                  .computeIfAbsent(row.getLong("service_id"), s -> new ArrayList<>())
                  .add(new Revenue(row.getString("currency"), row.getLong("net")));
            });
    return revenue;
  }

  private JdbcClient.StatementSpec of(Period period, String sql) {
    return database
        .sql(sql)
        .param("location", period.locationId())
        .param("from", period.from())
        .param("to", period.to());
  }
}
