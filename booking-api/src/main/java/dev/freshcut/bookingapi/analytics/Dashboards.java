package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.analytics.DashboardView.Figures;
import dev.freshcut.bookingapi.analytics.DashboardView.Revenue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Loads dashboards, in three statements. */
@Repository
class Dashboards {
  private static final String PERIODS =
      """
      WITH today AS (
        SELECT :today::date AS today, extract(isodow FROM :today::date)::integer - 1 AS since_monday
      ), periods AS (
        SELECT 'today' AS name, today AS first, today AS last FROM today
        UNION ALL SELECT 'yesterday', today - 1, today - 1 FROM today
        UNION ALL SELECT 'thisWeek', today - since_monday, today FROM today
        UNION ALL SELECT 'lastWeek', today - since_monday - 7, today - 7 FROM today
      )
      """;

  private final JdbcClient database;
  private final Zones zones;

  Dashboards(JdbcClient database, Zones zones) {
    this.database = database;
    this.zones = zones;
  }

  /**
   * What a dashboard is of.
   *
   * @param today the location's
   */
  record Key(long locationId, LocalDate today) {}

  DashboardView load(Key key) {
    String zone = zones.of(key.locationId());
    Map<String, List<Revenue>> revenue = revenue(key);
    Map<String, Figures> figures = new HashMap<>();
    database
        .sql(
            PERIODS
                + """
                -- Of those who came lately: those who ever came are more with each year.
                , firsts AS MATERIALIZED (
                  SELECT min(a.local_date) AS day FROM appointments a
                  WHERE a.location_id = :location AND a.status = 'completed'
                    AND a.local_date BETWEEN :today::date - 14 AND :today::date
                  GROUP BY a.customer_id
                  HAVING NOT EXISTS (SELECT FROM appointments e
                    WHERE e.location_id = :location AND e.customer_id = a.customer_id
                      AND e.status = 'completed' AND e.local_date < :today::date - 14)
                ), work AS MATERIALIZED (
                  SELECT local_date, working, booked
                  FROM working_time(:location, :today::date - 14, :today::date)
                ), counted AS (
                  SELECT p.name, p.first, p.last,
                    count(*) FILTER (WHERE a.status IN ('pending', 'confirmed', 'completed',
                      'no_show')) AS bookings,
                    count(*) FILTER (WHERE a.status = 'completed') AS completed,
                    count(*) FILTER (WHERE a.status = 'no_show') AS no_shows
                  FROM periods p
                    LEFT JOIN appointments a
                      ON a.location_id = :location AND a.local_date BETWEEN p.first AND p.last
                  GROUP BY p.name, p.first, p.last
                )
                SELECT c.name, c.first, c.last, c.bookings,
                  round(c.no_shows::numeric / nullif(c.no_shows + c.completed, 0), 4)
                    AS no_show_rate,
                  (SELECT count(*) FROM firsts WHERE day BETWEEN c.first AND c.last)
                    AS new_clients,
                  (SELECT round(floor(sum(booked) / 60) / nullif(floor(sum(working) / 60), 0), 4)
                    FROM work WHERE local_date BETWEEN c.first AND c.last) AS occupancy
                FROM counted c
                """)
        .param("location", key.locationId())
        .param("today", key.today())
        .query(
            row -> {
              String name = row.getString("name");
              figures.put(
                  name,
                  new Figures(
                      row.getObject("first", LocalDate.class),
                      row.getObject("last", LocalDate.class),
                      row.getLong("bookings"),
                      row.getLong("new_clients"),
                      row.getBigDecimal("no_show_rate"),
                      row.getBigDecimal("occupancy"),
                      revenue.getOrDefault(name, List.of())));
            });
    return new DashboardView(
        key.locationId(),
        zone,
        Objects.requireNonNull(figures.get("today")),
        Objects.requireNonNull(figures.get("yesterday")),
        Objects.requireNonNull(figures.get("thisWeek")),
        Objects.requireNonNull(figures.get("lastWeek")));
  }

  /** By period. */
  private Map<String, List<Revenue>> revenue(Key key) {
    Map<String, List<Revenue>> revenue = new HashMap<>();
    database
        .sql(
            PERIODS
                + """
                SELECT p.name, m.currency, sum(m.gross - m.refunded)::bigint AS net,
                  sum(m.tip)::bigint AS tips
                FROM periods p
                  JOIN settled_payments(:location, :today::date - 14, :today::date) m
                    ON m.local_date BETWEEN p.first AND p.last
                GROUP BY p.name, m.currency ORDER BY p.name, m.currency
                """)
        .param("location", key.locationId())
        .param("today", key.today())
        .query(
            row -> {
              revenue
                  .computeIfAbsent(row.getString("name"), n -> new ArrayList<>())
                  .add(
                      new Revenue(
                          row.getString("currency"), row.getLong("net"), row.getLong("tips")));
            });
    return revenue;
  }
}
