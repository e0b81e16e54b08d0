package dev.freshcut.quickstart.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Two shops in different time zones with six barbers, their services, hours and customers, and
 * appointments from ten weeks ago to three weeks ahead, which are the same for the same time; those
 * of today are done or to come as the day goes on, and those that are done are paid for.
 */
public final class DemoData {
  private static final int DAYS_BACK = 70;
  private static final int DAYS_AHEAD = 21;
  private static final long SEED = 20_261_121;

  private final Clock clock;

  /** Data around today by this clock. */
  public DemoData(Clock clock) {
    this.clock = clock;
  }

  /** How much has been loaded, and what to try it with. */
  public record Loaded(
      int locations, int barbers, int appointments, List<DemoUser> users, Tour tour) {
    /** In words. */
    public String summary() {
      return "%d locations, %d barbers, %d appointments"
          .formatted(locations, barbers, appointments);
    }
  }

  /** Loads everything, in one transaction, into tables that are empty. */
  public Loaded load(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    int barbers = 0;
    int appointments = 0;
    for (Shop shop : Shop.ALL) {
      appointments += load(shop, connection);
      barbers += shop.barbers().size();
    }
    Contacts.load(connection);
    Till.load(connection, clock.instant());
    Tour tour = tour(connection);
    DemoUser.load(connection, tour.locationId(), tour.barberId());
    Wishes.load(connection, clock.instant());
    connection.commit();
    return new Loaded(Shop.ALL.size(), barbers, appointments, DemoUser.ALL, tour);
  }

  private int load(Shop shop, Connection connection) throws SQLException {
    long location =
        insert(
            connection,
            "insert into locations (name, time_zone) values (?, ?) returning id",
            shop.name(),
            shop.zone().getId());
    insert(
        connection,
        "insert into booking_settings (location_id, slot_step_minutes, minimum_notice_minutes,"
            + " horizon_days) values (?, ?, ?, ?) returning location_id",
        location,
        15,
        60,
        90);
    for (var day : Shop.OPEN_ON) {
      insert(
          connection,
          "insert into business_hours (location_id, weekday, opens_at, closes_at)"
              + " values (?, ?, ?, ?) returning id",
          location,
          day.getValue(),
          Shop.OPENS,
          Shop.CLOSES);
    }
    List<Long> services = new ArrayList<>();
    for (Shop.Service service : shop.services()) {
      services.add(
          insert(
              connection,
              "insert into services (location_id, name, duration_minutes, buffer_after_minutes,"
                  + " price_minor, currency) values (?, ?, ?, ?, ?, ?) returning id",
              location,
              service.name(),
              service.minutes(),
              service.bufferAfterMinutes(),
              service.priceMinor(),
              shop.currency()));
    }
    List<Long> customers = new ArrayList<>();
    for (Customers.Customer customer : Customers.all()) {
      customers.add(
          insert(
              connection,
              "insert into customers (location_id, name, email) values (?, ?, ?) returning id",
              location,
              customer.name(),
              customer.email()));
    }
    int appointments = 0;
    for (Shop.Barber barber : shop.barbers()) {
      long id = barber(connection, location, barber);
      List<Bookings.Booking> bookings = bookings(shop, barber, customers.size(), id);
      book(connection, location, id, services, customers, bookings);
      appointments += bookings.size();
    }
    return appointments;
  }

  private static long barber(Connection connection, long location, Shop.Barber barber)
      throws SQLException {
    long id =
        insert(
            connection,
            "insert into barbers (location_id, name) values (?, ?) returning id",
            location,
            barber.name());
    for (var day : barber.days()) {
      for (Shop.Hours hours : barber.hours()) {
        insert(
            connection,
            "insert into working_hours (location_id, barber_id, weekday, opens_at, closes_at)"
                + " values (?, ?, ?, ?, ?) returning id",
            location,
            id,
            day.getValue(),
            hours.from(),
            hours.until());
      }
    }
    return id;
  }

  private List<Bookings.Booking> bookings(
      Shop shop, Shop.Barber barber, int customers, long barberId) {
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, shop.zone());
    return new Bookings(shop, customers, now, new Random(SEED + barberId))
        .of(barber, today.minusDays(DAYS_BACK), today.plusDays(DAYS_AHEAD));
  }

  /** The other columns follow from these by the table's trigger, as for any SQL client. */
  private static void book(
      Connection connection,
      long location,
      long barber,
      List<Long> services,
      List<Long> customers,
      List<Bookings.Booking> bookings)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into appointments (location_id, barber_id, service_id, customer_id, starts_at,"
                + " status) values (?, ?, ?, ?, ?, ?)")) {
      for (Bookings.Booking booking : bookings) {
        statement.setLong(1, location);
        statement.setLong(2, barber);
        statement.setLong(3, services.get(booking.service()));
        statement.setLong(4, customers.get(booking.customer()));
        statement.setObject(5, OffsetDateTime.ofInstant(booking.startsAt(), ZoneOffset.UTC));
        statement.setString(6, booking.status());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static long insert(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /** The first shop's first barber on the first day after tomorrow that has an appointment. */
  private Tour tour(Connection connection) throws SQLException {
    LocalDate today = LocalDate.ofInstant(clock.instant(), Shop.ALL.getFirst().zone());
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select a.location_id, a.barber_id, s.id, a.local_date, a.id, a.starts_at
              from appointments a
              join lateral (select min(id) as id from services
                             where location_id = a.location_id) s on s.id = a.service_id
             where a.barber_id = (select min(id) from barbers)
               and a.status = 'confirmed' and a.local_date > ?
             order by a.starts_at
             limit 1
            """)) {
      statement.setObject(1, today.plusDays(1));
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new IllegalStateException("the demo data has no appointment after " + today);
        }
        return new Tour(
            rows.getLong(1),
            rows.getLong(2),
            rows.getLong(3),
            rows.getObject(4, LocalDate.class),
            rows.getLong(5),
            rows.getObject(6, OffsetDateTime.class)
                .atZoneSameInstant(Shop.ALL.getFirst().zone())
                .toOffsetDateTime());
      }
    }
  }
}
