package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.analytics.ClientsView.LifetimeValue;
import dev.freshcut.bookingapi.analytics.ClientsView.Retention;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Loads figures of clients, in three statements. */
@Repository
class Clients {
  private static final int MOST_VALUABLE = 10;

  /** Before anything that can be paid for. */
  private static final LocalDate BEGINNING = LocalDate.of(2000, 1, 1);

  private final JdbcClient database;
  private final Zones zones;

  Clients(JdbcClient database, Zones zones) {
    this.database = database;
    this.zones = zones;
  }

  /**
   * What figures are of.
   *
   * @param withinDays in which clients may come again
   * @param today the location's
   */
  record Key(Period period, int withinDays, LocalDate today) {}

  ClientsView load(Key key) {
    Period period = key.period();
    String zone = zones.of(period.locationId());
    List<LifetimeValue> values = lifetimeValues(period);
    return database
        .sql(
            """
            -- By index for each client: materialized, a year of ten barbers takes seconds.
            WITH visits AS NOT MATERIALIZED (
              SELECT customer_id, local_date FROM appointments
              WHERE location_id = :location AND status = 'completed'
            ), here AS (
              SELECT customer_id, min(local_date) AS first, count(*) AS visits FROM visits
              WHERE local_date BETWEEN :from AND :to GROUP BY customer_id
            ), seen AS (
              SELECT h.visits,
                EXISTS (SELECT FROM visits v
                  WHERE v.customer_id = h.customer_id AND v.local_date < :from) AS before,
                EXISTS (SELECT FROM visits v
                  WHERE v.customer_id = h.customer_id AND v.local_date > h.first
                    AND v.local_date <= h.first + :within::integer) AS again,
                h.first + :within::integer < :today::date AS over
              FROM here h
            ), figures AS (
              SELECT count(*) AS clients, coalesce(sum(visits), 0)::bigint AS visits,
                count(*) FILTER (WHERE before) AS returning_clients,
                count(*) FILTER (WHERE over) AS over,
                count(*) FILTER (WHERE over AND again) AS again
              FROM seen
            ), missed AS (
              SELECT count(*) AS no_shows FROM appointments
              WHERE location_id = :location AND local_date BETWEEN :from AND :to
                AND status = 'no_show'
            )
            SELECT f.*, no_shows,
              round(no_shows::numeric / nullif(no_shows + visits, 0), 4) AS no_show_rate,
              round(again::numeric / nullif(over, 0), 4) AS rate
            FROM figures f, missed
            """)
        .param("location", period.locationId())
        .param("from", period.from())
        .param("to", period.to())
        .param("within", key.withinDays())
        .param("today", key.today())
        .query(
            (row, n) ->
                new ClientsView(
                    period.locationId(),
                    zone,
                    period.from(),
                    period.to(),
                    row.getLong("clients"),
                    row.getLong("clients") - row.getLong("returning_clients"),
                    row.getLong("returning_clients"),
                    row.getLong("visits"),
                    row.getLong("no_shows"),
                    row.getBigDecimal("no_show_rate"),
                    new Retention(
                        key.withinDays(),
                        row.getLong("over"),
                        row.getLong("again"),
                        row.getBigDecimal("rate")),
                    values))
        .single();
  }

  /** Of all that was ever paid, but read from two indexes alone. */
  private List<LifetimeValue> lifetimeValues(Period period) {
    return database
        .sql(
            """
            SELECT * FROM (
              SELECT m.currency, a.customer_id, count(DISTINCT a.id) AS appointments,
                sum(m.gross - m.refunded)::bigint AS net,
                row_number() OVER (PARTITION BY m.currency
                  ORDER BY sum(m.gross - m.refunded) DESC, a.customer_id) AS place
              FROM settled_payments(:location, :beginning, :to) m
                JOIN appointments a ON a.location_id = :location AND a.id = m.appointment_id
              GROUP BY m.currency, a.customer_id) AS paid
            WHERE place <= :most ORDER BY currency, place
            """)
        .param("location", period.locationId())
        .param("beginning", BEGINNING)
        .param("to", period.to())
        .param("most", MOST_VALUABLE)
        .query(
            (row, n) ->
                new LifetimeValue(
                    row.getString("currency"),
                    row.getLong("customer_id"),
                    row.getLong("appointments"),
                    row.getLong("net")))
        .list();
  }
}
