package dev.freshcut.bookingapi.series;

import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.series.SeriesView.Entry;
import dev.freshcut.bookingapi.web.StoredZone;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code series}.
 *
 * @param ownerId the user who is the customer, if she is one
 * @param zone of its location
 */
record SeriesRow(
    long id,
    long locationId,
    @Nullable Long barberId,
    long serviceId,
    long customerId,
    @Nullable Long ownerId,
    int everyWeeks,
    LocalTime time,
    LocalDate firstDate,
    LocalDate lastDate,
    @Nullable LocalDate cancelledFrom,
    long version,
    ZoneId zone) {

  static SeriesRow map(ResultSet row, int n) throws SQLException {
    return new SeriesRow(
        row.getLong("id"),
        row.getLong("location_id"),
        row.getObject("barber_id", Long.class),
        row.getLong("service_id"),
        row.getLong("customer_id"),
        row.getObject("user_id", Long.class),
        row.getInt("every_weeks"),
        row.getObject("local_time", LocalTime.class),
        row.getObject("first_date", LocalDate.class),
        row.getObject("last_date", LocalDate.class),
        row.getObject("cancelled_from", LocalDate.class),
        row.getLong("version"),
        StoredZone.of(row.getString("time_zone")));
  }

  /** Whether it is the caller's to see and to change. */
  boolean isFor(Caller.User caller) {
    return caller.mayHandle(ownerId, locationId);
  }

  SeriesSummary summary() {
    return new SeriesSummary(
        id,
        locationId,
        barberId,
        serviceId,
        customerId,
        everyWeeks,
        firstDate.getDayOfWeek().getValue(),
        time.toString(),
        zone.getId(),
        firstDate,
        lastDate,
        cancelledFrom,
        version);
  }

  SeriesView view(List<Entry> occurrences) {
    return new SeriesView(
        id,
        locationId,
        barberId,
        serviceId,
        customerId,
        everyWeeks,
        firstDate.getDayOfWeek().getValue(),
        time.toString(),
        zone.getId(),
        firstDate,
        lastDate,
        cancelledFrom,
        occurrences,
        version);
  }
}
