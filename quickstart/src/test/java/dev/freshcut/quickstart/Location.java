package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.coherentcache.RedisCoherence;
import dev.freshcut.coherentcache.Watermarks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A location of a test's own: two barbers who work every day from 9 to 17, one service of half an
 * hour, one customer. Its rows are written as any SQL client would.
 */
final class Location {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Http http;
  private final Database database;
  private final Watermarks watermarks;
  final long id;
  final long service;
  final long customer;
  final List<Long> barbers;

  private Location(Platform platform, Connection connection, int barbers) throws SQLException {
    this.http = new Http(Applications.url(platform.api()));
    this.database = platform.database();
    this.watermarks = platform.api().getBean(RedisCoherence.class).watermarks();
    this.id =
        number(
            connection,
            "insert into locations (name, time_zone) values ('Test', ?) returning id",
            ZONE.getId());
    number(
        connection,
        "insert into booking_settings (location_id, slot_step_minutes, minimum_notice_minutes,"
            + " horizon_days) values (?, 30, 0, 730) returning location_id",
        id);
    this.service =
        number(
            connection,
            "insert into services (location_id, name, duration_minutes, price_minor, currency)"
                + " values (?, 'Cut', 30, 3000, 'EUR') returning id",
            id);
    this.customer =
        number(
            connection,
            "insert into customers (location_id, name, email) values (?, 'Ada', 'ada@example.com')"
                + " returning id",
            id);
    this.barbers = IntStream.range(0, barbers).mapToObj(i -> barber(connection, "B" + i)).toList();
  }

  static Location create(Platform platform) throws SQLException {
    return create(platform, 2);
  }

  static Location create(Platform platform, int barbers) throws SQLException {
    try (Connection connection = platform.database().connect()) {
      connection.setAutoCommit(false);
      Location location = new Location(platform, connection, barbers);
      connection.commit();
      return location;
    }
  }

  private long barber(Connection connection, String name) {
    try {
      long barber =
          number(
              connection,
              "insert into barbers (location_id, name) values (?, ?) returning id",
              id,
              name);
      number(
          connection,
          "with days as (insert into working_hours"
              + " (location_id, barber_id, weekday, opens_at, closes_at)"
              + " select ?, ?, weekday, '09:00', '17:00' from generate_series(1, 7) weekday"
              + " returning id) select count(*) from days",
          id,
          barber);
      return barber;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until everything that is committed now, this location's rows included, has evicted. */
  void awaitEvictions() throws SQLException {
    long xid;
    try (Connection connection = database.connect()) {
      xid = number(connection, "select pg_current_xact_id()::text::bigint");
    }
    await("the watermark to pass transaction " + xid)
        .atMost(PATIENCE)
        .until(() -> watermarks.read().filter(it -> it.horizon() > xid).isPresent());
  }

  /** A local day some days from now. */
  LocalDate day(int ahead) {
    return LocalDate.now(ZONE).plusDays(ahead);
  }

  OffsetDateTime at(LocalDate day, int hour) {
    return LocalDateTime.of(day, LocalTime.of(hour, 0)).atZone(ZONE).toOffsetDateTime();
  }

  /** Writes an appointment as an SQL client would, and returns its id. */
  long appointment(long barber, OffsetDateTime start) throws SQLException {
    try (Connection connection = database.connect()) {
      return number(
          connection,
          "insert into appointments (location_id, barber_id, service_id, customer_id, starts_at)"
              + " values (?, ?, ?, ?, ?) returning id",
          id,
          barber,
          service,
          customer,
          start);
    }
  }

  /** Runs one statement in a transaction of its own; returns the rows it touched. */
  int sql(String sql, Object... values) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  /** The number in the only column of the only row. */
  private static long number(Connection connection, String sql, Object... values)
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

  /** The free times of a day. */
  Slots slots(long barber, LocalDate day, String... headers) {
    return slots(Long.toString(barber), day, headers);
  }

  Slots slots(String barber, LocalDate day, String... headers) {
    Http.Reply reply =
        http.get(
            "/api/v1/locations/%d/slots?date=%s&barber=%s&service=%d"
                .formatted(id, day, barber, service),
            headers);
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    return new Slots(
        reply,
        StreamSupport.stream(reply.json().get("slots").spliterator(), false)
            .map(slot -> OffsetDateTime.parse(slot.get("startsAt").asString()))
            .toList());
  }

  /**
   * The free times by a reader that asks the cache. On a machine that stalls readers leave it for a
   * moment, which says nothing of the entry.
   */
  Slots askedOfCache(String barber, LocalDate day) {
    return await("readers to use the cache")
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .until(() -> slots(barber, day), slots -> !slots.reply().bypassed());
  }

  Slots askedOfCache(long barber, LocalDate day) {
    return askedOfCache(Long.toString(barber), day);
  }

  /** The free times once they come from the cache. */
  Slots cachedSlots(String barber, LocalDate day) {
    return await("a hit for barber " + barber + " on " + day)
        .atMost(PATIENCE)
        .until(() -> slots(barber, day), slots -> slots.reply().hit());
  }

  Slots cachedSlots(long barber, LocalDate day) {
    return cachedSlots(Long.toString(barber), day);
  }

  Http http() {
    return http;
  }

  /** An answer to a search. */
  record Slots(Http.Reply reply, List<OffsetDateTime> starts) {
    boolean offers(OffsetDateTime start) {
      return starts.stream().anyMatch(it -> it.isEqual(start));
    }
  }
}
