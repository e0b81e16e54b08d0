package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.analytics.BusinessView.Barber;
import dev.freshcut.bookingapi.analytics.BusinessView.PeakHour;
import dev.freshcut.bookingapi.analytics.BusinessView.Score;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Loads figures of the business, in four statements. */
@Repository
class BusinessFigures {
  private static final int SHARE_DIGITS = 4;

  private final JdbcClient database;
  private final Zones zones;

  BusinessFigures(JdbcClient database, Zones zones) {
    this.database = database;
    this.zones = zones;
  }

  BusinessView load(Period period) {
    String zone = zones.of(period.locationId());
    List<Barber> barbers = barbers(period);
    long working = barbers.stream().mapToLong(Barber::workingMinutes).sum();
    long booked = barbers.stream().mapToLong(Barber::bookedMinutes).sum();
    return new BusinessView(
        period.locationId(),
        zone,
        period.from(),
        period.to(),
        working,
        booked,
        share(booked, working),
        barbers,
        peakHours(period),
        scores(period));
  }

  private static @Nullable BigDecimal share(long part, long whole) {
    return whole == 0
        ? null
        : BigDecimal.valueOf(part)
            .divide(BigDecimal.valueOf(whole), SHARE_DIGITS, RoundingMode.HALF_UP);
  }

  private List<Barber> barbers(Period period) {
    return of(
            period,
            """
            SELECT b.id, b.name, floor(coalesce(sum(w.working), 0) / 60)::bigint AS working,
              floor(coalesce(sum(w.booked), 0) / 60)::bigint AS booked
            FROM barbers b LEFT JOIN working_time(:location, :from, :to) w ON w.barber_id = b.id
            WHERE b.location_id = :location AND b.active
            GROUP BY b.id, b.name ORDER BY b.id
            """)
        .query(
            (row, n) ->
                new Barber(
                    row.getLong("id"),
                    row.getString("name"),
                    row.getLong("working"),
                    row.getLong("booked"),
                    share(row.getLong("booked"), row.getLong("working"))))
        .list();
  }

  private List<PeakHour> peakHours(Period period) {
    return of(
            period,
            """
            SELECT extract(isodow FROM a.local_date)::integer AS weekday,
              extract(hour FROM a.starts_at AT TIME ZONE l.time_zone)::integer AS hour,
              count(*) AS bookings
            FROM appointments a JOIN locations l ON l.id = a.location_id
            WHERE a.location_id = :location AND a.local_date BETWEEN :from AND :to
              AND a.status IN ('pending', 'confirmed', 'completed', 'no_show')
            GROUP BY 1, 2 ORDER BY 1, 2
            """)
        .query(
            (row, n) ->
                new PeakHour(row.getInt("weekday"), row.getInt("hour"), row.getLong("bookings")))
        .list();
  }

  private List<Score> scores(Period period) {
    return of(
            period,
            """
            WITH money AS (
              SELECT currency,
                coalesce(sum(gross - refunded) FILTER (WHERE local_date >= :from), 0)::bigint
                  AS here,
                coalesce(sum(gross - refunded) FILTER (WHERE local_date < :from), 0)::bigint
                  AS before
              FROM settled_payments(:location, :before, :to)
              GROUP BY currency
              ORDER BY count(*) FILTER (WHERE is_payment) DESC, currency LIMIT 1
            ), visitors AS (
              SELECT bool_or(local_date >= :from) AS here, bool_or(local_date < :from) AS before
              FROM appointments
              WHERE location_id = :location AND local_date BETWEEN :before AND :to
                AND status = 'completed'
              GROUP BY customer_id
            ), clients AS (
              SELECT count(*) FILTER (WHERE here) AS here, count(*) FILTER (WHERE before) AS before,
                count(*) FILTER (WHERE here AND before) AS again
              FROM visitors
            ), kept AS (
              SELECT count(*) FILTER (WHERE status = 'completed') AS completed, count(*) AS due
              FROM appointments
              WHERE location_id = :location AND local_date BETWEEN :from AND :to
                AND status IN ('completed', 'no_show')
            ), work AS (
              SELECT coalesce(sum(working), 0)::bigint AS working,
                coalesce(sum(booked), 0)::bigint AS booked
              FROM (SELECT floor(sum(working) / 60)::bigint AS working,
                  floor(sum(booked) / 60)::bigint AS booked
                FROM working_time(:location, :from, :to) GROUP BY barber_id) AS each
            ), measures (place, name, currency, numerator, denominator, factor) AS (
              SELECT 1, 'revenue-pace', m.currency, coalesce(m.here, 0), coalesce(m.before, 0), 50
                FROM (SELECT) AS one LEFT JOIN money m ON true
              UNION ALL SELECT 2, 'retention', NULL, again, before, 100 FROM clients
              UNION ALL SELECT 3, 'occupancy', NULL, booked, working, 100 FROM work
              UNION ALL SELECT 4, 'reliability', NULL, completed, due, 100 FROM kept
              UNION ALL SELECT 5, 'growth', NULL, here, before, 50 FROM clients
            )
            SELECT name, currency, numerator, denominator,
              CASE WHEN denominator > 0
                THEN greatest(0, least(100, round(factor * numerator::numeric / denominator)))::integer
                END AS score
            FROM measures ORDER BY place
            """)
        .param("before", period.before())
        .query(
            (row, n) ->
                new Score(
                    row.getString("name"),
                    row.getObject("score", Integer.class),
                    row.getLong("numerator"),
                    row.getLong("denominator"),
                    row.getString("currency")))
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
