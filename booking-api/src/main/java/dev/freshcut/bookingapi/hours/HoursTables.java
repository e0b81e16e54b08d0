package dev.freshcut.bookingapi.hours;

import dev.freshcut.bookingapi.web.Missing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The database's side of weekly hours. */
@Repository
public class HoursTables {
  /** Of a location to come: two years of them. More are refused, so that the latest are all. */
  public static final int MOST_SPECIAL_DAYS = 731;

  private final JdbcClient database;

  HoursTables(JdbcClient database) {
    this.database = database;
  }

  /** The first special day that anybody is shown: yesterday, which somewhere is today. */
  public static LocalDate firstShown(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1);
  }

  /** When a location's door is open, as it is shown. */
  public BusinessHoursView view(long locationId, Instant now) {
    return BusinessHoursView.of(ofLocation(locationId), firstShown(now));
  }

  BusinessHours ofLocation(long locationId) {
    return new BusinessHours(usualOf(locationId), specialDays(locationId));
  }

  /** When a location's door is open. */
  public WeeklyHours usualOf(long locationId) {
    return WeeklyHours.of(
        locationId,
        timeZone(locationId),
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

  private List<BusinessHours.SpecialDay> specialDays(long locationId) {
    return database
        .sql(
            """
            SELECT local_date, to_char(opens_at, 'HH24:MI') AS opens,
              to_char(closes_at, 'HH24:MI') AS closes, label
            FROM special_days WHERE location_id = ? ORDER BY local_date DESC LIMIT ?
            """)
        .params(locationId, MOST_SPECIAL_DAYS)
        .query(
            (row, n) ->
                new BusinessHours.SpecialDay(
                    row.getObject("local_date", LocalDate.class),
                    row.getString("opens") == null
                        ? null
                        : new WeeklyHours.Hours(row.getString("opens"), row.getString("closes")),
                    row.getString("label")))
        .list()
        .reversed();
  }

  /** When a barber works. */
  public WeeklyHours ofBarber(long locationId, long barberId) {
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
