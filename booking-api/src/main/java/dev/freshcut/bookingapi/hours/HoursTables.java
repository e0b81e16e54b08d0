package dev.freshcut.bookingapi.hours;

import dev.freshcut.bookingapi.web.Missing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The database's side of weekly hours. */
@Repository
class HoursTables {
  private final JdbcClient database;

  HoursTables(JdbcClient database) {
    this.database = database;
  }

  WeeklyHours ofLocation(long locationId) {
    String zone = timeZone(locationId);
    return WeeklyHours.of(
        locationId,
        zone,
        database
            .sql(
                """
                SELECT weekday, to_char(opens_at, 'HH24:MI') AS opens,
                  to_char(closes_at, 'HH24:MI') AS closes
                FROM business_hours WHERE location_id = ? ORDER BY weekday, opens_at
                """)
            .param(locationId)
            .query(HoursTables::row)
            .list());
  }

  WeeklyHours ofBarber(long locationId, long barberId) {
    String zone = timeZone(locationId);
    requireBarber(locationId, barberId);
    return WeeklyHours.of(
        locationId,
        zone,
        database
            .sql(
                """
                SELECT weekday, to_char(opens_at, 'HH24:MI') AS opens,
                  to_char(closes_at, 'HH24:MI') AS closes
                FROM working_hours WHERE location_id = ? AND barber_id = ?
                ORDER BY weekday, opens_at
                """)
            .params(locationId, barberId)
            .query(HoursTables::row)
            .list());
  }

  private String timeZone(long locationId) {
    return database
        .sql("SELECT time_zone FROM locations WHERE id = ?")
        .param(locationId)
        .query(String.class)
        .optional()
        .orElseThrow(() -> Missing.location(locationId));
  }

  private void requireBarber(long locationId, long barberId) {
    boolean exists =
        database
            .sql(
                """
                SELECT EXISTS (
                  SELECT FROM barbers WHERE location_id = ? AND id = ? AND active)
                """)
            .params(locationId, barberId)
            .query(Boolean.class)
            .single();
    if (!exists) {
      throw Missing.barber(locationId, barberId);
    }
  }

  private static WeeklyHours.Row row(ResultSet row, int n) throws SQLException {
    return new WeeklyHours.Row(
        DayOfWeek.of(row.getInt("weekday")),
        new WeeklyHours.Hours(row.getString("opens"), row.getString("closes")));
  }
}
