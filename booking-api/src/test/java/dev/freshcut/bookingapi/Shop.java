package dev.freshcut.bookingapi;

import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A location with two barbers, who work from 09:00 to 17:00 every day, and a service of 30 minutes
 * with 10 minutes kept free after it. The minimum notice is none.
 */
public record Shop(long id, ZoneId zone, long anna, long ben, long cut) {
  public static Shop open(JdbcClient sql, String zone) {
    long id =
        id(sql, "INSERT INTO locations (name, time_zone) VALUES ('Shop', ?) RETURNING id", zone);
    sql.sql("INSERT INTO booking_settings VALUES (?, 30, 0, 365)").param(id).update();
    long anna = barber(sql, id, "Anna");
    long ben = barber(sql, id, "Ben");
    long cut =
        id(
            sql,
            """
            INSERT INTO services (location_id, name, duration_minutes, buffer_after_minutes,
              price_minor, currency)
            VALUES (?, 'Cut', 30, 10, 2500, 'EUR') RETURNING id
            """,
            id);
    sql.sql(
            """
            INSERT INTO business_hours (location_id, weekday, opens_at, closes_at)
            SELECT ?, day, '09:00', '18:00' FROM generate_series(1, 6) AS day
            """)
        .param(id)
        .update();
    return new Shop(id, ZoneId.of(zone), anna, ben, cut);
  }

  public static long barber(JdbcClient sql, long location, String name) {
    long id =
        id(
            sql,
            "INSERT INTO barbers (location_id, name) VALUES (?, ?) RETURNING id",
            location,
            name);
    sql.sql(
            """
            INSERT INTO working_hours (location_id, barber_id, weekday, opens_at, closes_at)
            SELECT ?, ?, day, '09:00', '17:00' FROM generate_series(1, 7) AS day
            """)
        .params(location, id)
        .update();
    return id;
  }

  public static long id(JdbcClient sql, String insert, Object... values) {
    return sql.sql(insert).params(values).query(Long.class).single();
  }

  /** A date some days from today. */
  public LocalDate day(int days) {
    return LocalDate.now(Clock.system(zone)).plusDays(days);
  }

  public String at(LocalDate date, String time) {
    return date.atTime(LocalTime.parse(time)).atZone(zone).toOffsetDateTime().toString();
  }

  public String slots(LocalDate date, Object barber) {
    return "/api/v1/locations/%d/slots?date=%s&barber=%s&service=%d"
        .formatted(id, date, barber, cut);
  }

  public String booking(long barber, LocalDate date, String time) {
    return """
    {"locationId": %d, "barberId": %d, "serviceId": %d, "startsAt": "%s",
     "customer": {"name": "Zoë", "email": "zoe@example.org", "phone": "+33 1 23 45 67 89"}}
    """
        .formatted(id, barber, cut, at(date, time));
  }
}
