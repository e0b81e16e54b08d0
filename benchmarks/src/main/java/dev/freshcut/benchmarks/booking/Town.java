package dev.freshcut.benchmarks.booking;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Shops with barbers, services and hours, half booked for two weeks; each town is like every other.
 *
 * @param first the day after today, at the shops
 */
record Town(List<Shop> shops, LocalDate first) {
  /** Days that are half booked, from the first on. */
  static final int DAYS = 14;

  /** Barbers of each shop. */
  static final int BARBERS = 6;

  /** Services of each shop. */
  static final int SERVICES = 5;

  private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  /**
   * A shop.
   *
   * @param barbers ids
   * @param services ids
   */
  record Shop(long id, List<Long> barbers, List<Long> services) {}

  /** Adds a town to the database. */
  static Town build(BookingPlatform platform, Clock clock, int shops)
      throws SQLException, IOException {
    LocalDate first = LocalDate.ofInstant(clock.instant(), ZONE).plusDays(1);
    List<Shop> built = new ArrayList<>();
    try (Connection connection = platform.connect();
        Statement statement = connection.createStatement();
        InputStream script =
            Objects.requireNonNull(
                Town.class.getResourceAsStream("/dev/freshcut/benchmarks/town.sql"))) {
      connection.setAutoCommit(false);
      statement.execute(
          "SELECT set_config('town.shops', '%d', true), set_config('town.first', '%s', true)"
              .formatted(shops, first));
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      connection.commit();
      connection.setAutoCommit(true);
      statement.execute("VACUUM ANALYZE");
      for (long id :
          ids(
              connection,
              "SELECT id FROM locations WHERE id > (SELECT max(id) - ? FROM locations)"
                  + " ORDER BY id",
              shops)) {
        built.add(
            new Shop(
                id,
                ids(connection, "SELECT id FROM barbers WHERE location_id = ? ORDER BY id", id),
                ids(connection, "SELECT id FROM services WHERE location_id = ? ORDER BY id", id)));
      }
    }
    return new Town(List.copyOf(built), first);
  }

  private static List<Long> ids(Connection connection, String query, long parameter)
      throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setLong(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
    return List.copyOf(ids);
  }

  /**
   * Where a shop's free times are asked for.
   *
   * @param barber an id, or any
   * @param day from 0, the first
   */
  String slots(Shop shop, int day, String barber, long service) {
    return "/api/v1/locations/%d/slots?date=%s&barber=%s&service=%d"
        .formatted(shop.id, first.plusDays(day), barber, service);
  }
}
