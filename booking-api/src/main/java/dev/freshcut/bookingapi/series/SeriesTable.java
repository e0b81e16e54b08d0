package dev.freshcut.bookingapi.series;

import dev.freshcut.bookingapi.security.ListScope;
import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The database's side of series. */
@Repository
class SeriesTable {
  private static final String SELECT =
      """
      SELECT s.*, c.user_id, l.time_zone
      FROM series s JOIN customers c ON c.id = s.customer_id JOIN locations l ON l.id = s.location_id
      """;

  private final JdbcClient database;

  SeriesTable(JdbcClient database) {
    this.database = database;
  }

  Optional<SeriesRow> find(long id) {
    return database.sql(SELECT + "WHERE s.id = ?").param(id).query(SeriesRow::map).optional();
  }

  /** Keeps others from changing it; after its appointments, if these are locked as well. */
  Optional<SeriesRow> lock(long id) {
    return database
        .sql(SELECT + "WHERE s.id = ? FOR NO KEY UPDATE OF s")
        .param(id)
        .query(SeriesRow::map)
        .optional();
  }

  /** By id, the newest first. */
  Page<SeriesSummary> page(ListScope scope, PageRequest page) {
    Page<SeriesRow> rows =
        page.load(
            "series, " + scope, 1, (last, count) -> rows(scope, last, count), r -> List.of(r.id()));
    return new Page<>(rows.items().stream().map(SeriesRow::summary).toList(), rows.nextCursor());
  }

  private List<SeriesRow> rows(ListScope scope, @Nullable List<Long> last, int count) {
    StringBuilder sql = new StringBuilder(SELECT).append("WHERE s.id < :last");
    if (scope.locationId() != null) {
      sql.append(" AND s.location_id = :location");
    }
    if (scope.ownerId() != null) {
      sql.append(" AND s.customer_id IN (SELECT id FROM customers WHERE user_id = :owner)");
    }
    return database
        .sql(sql.append(" ORDER BY s.id DESC LIMIT :count").toString())
        .param("last", last == null ? Long.MAX_VALUE : last.getFirst())
        .param("location", scope.locationId())
        .param("owner", scope.ownerId())
        .param("count", count)
        .query(SeriesRow::map)
        .list();
  }

  /** The new series' id. */
  long insert(NewSeries wanted, long customerId, LocalDate lastDate) {
    return database
        .sql(
            """
            INSERT INTO series (location_id, barber_id, service_id, customer_id, every_weeks,
              local_time, first_date, last_date)
            VALUES (:location, :barber, :service, :customer, :weeks, :time, :first, :last)
            RETURNING id
            """)
        .param("location", wanted.locationId())
        .param("barber", wanted.barberId())
        .param("service", wanted.serviceId())
        .param("customer", customerId)
        .param("weeks", wanted.weeks())
        .param("time", wanted.localTime())
        .param("first", wanted.firstDate())
        .param("last", lastDate)
        .query(Long.class)
        .single();
  }

  void extend(long id, LocalDate lastDate) {
    database.sql("UPDATE series SET last_date = ? WHERE id = ?").params(lastDate, id).update();
  }

  void cancel(long id, LocalDate from) {
    database.sql("UPDATE series SET cancelled_from = ? WHERE id = ?").params(from, id).update();
  }

  /** Notes dates that the series goes without, and why. */
  void skip(long locationId, long id, SortedMap<LocalDate, String> reasons) {
    if (reasons.isEmpty()) {
      return;
    }
    database
        .sql(
            """
            INSERT INTO series_skips (location_id, series_id, series_date, reason)
            SELECT :location::bigint, :id::bigint, skipped.date, skipped.reason
            FROM unnest(string_to_array(:dates, ',')::date[], string_to_array(:reasons, ','))
              AS skipped (date, reason)
            """)
        .param("location", locationId)
        .param("id", id)
        .param(
            "dates",
            reasons.keySet().stream().map(LocalDate::toString).collect(Collectors.joining(",")))
        .param("reasons", String.join(",", reasons.values()))
        .update();
  }

  /** The dates that it goes without, and why. */
  SortedMap<LocalDate, String> skips(long id) {
    SortedMap<LocalDate, String> skips = new TreeMap<>();
    database
        .sql("SELECT series_date, reason FROM series_skips WHERE series_id = ?")
        .param(id)
        .query(
            row -> {
              skips.put(row.getObject("series_date", LocalDate.class), row.getString("reason"));
            });
    return skips;
  }
}
