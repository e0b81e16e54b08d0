package dev.freshcut.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.bookingschema.DatabaseBootstrap;
import dev.freshcut.embeddedstack.TestServers;
import dev.freshcut.quickstart.demo.DemoData;
import dev.freshcut.quickstart.demo.Tour;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo data fits the real schema, whatever day it is. */
class DemoDataIT {
  /** A usual day; a Sunday; around both changes of daylight saving time; the turn of a year. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-20T09:00:00Z",
        "2026-11-22T23:30:00Z",
        "2027-03-27T12:00:00Z",
        "2027-10-30T23:59:59Z",
        "2027-12-31T23:00:00Z"
      })
  void isLoadedRelativeToToday(String now) throws SQLException {
    TestServers servers = TestServers.shared();
    Database database = Database.create(servers.postgres(), servers.freshName("demo"));
    Flyway.configure()
        .dataSource(database.url(), database.appUser(), database.appPassword())
        .locations(DatabaseBootstrap.MIGRATIONS)
        .load()
        .migrate();

    try (Connection connection = database.connect()) {
      DemoData.Loaded loaded =
          new DemoData(Clock.fixed(Instant.parse(now), ZoneOffset.UTC)).load(connection);

      assertThat(count(connection, "select count(distinct time_zone) from locations")).isEqualTo(2);
      assertThat(count(connection, "select count(*) from barbers")).isEqualTo(6);
      assertThat(count(connection, "select count(distinct barber_id) from working_hours"))
          .isEqualTo(6);
      assertThat(count(connection, "select count(distinct location_id) from business_hours"))
          .isEqualTo(2);
      assertThat(count(connection, "select count(distinct location_id) from services"))
          .isEqualTo(2);
      assertThat(count(connection, "select count(*) from customers")).isGreaterThan(50);
      assertThat(count(connection, "select count(distinct barber_id) from appointments"))
          .isEqualTo(6);
      assertThat(count(connection, "select count(*) from appointments"))
          .isEqualTo(loaded.appointments())
          .isGreaterThan(500);
      assertThat(count(connection, "select max(local_date) - min(local_date) from appointments"))
          .isGreaterThan(28);
      assertThat(
              count(
                  connection,
                  "select count(*) from appointments where status in ('completed', 'no_show')"
                      + " and starts_at >= '"
                      + now
                      + "'"))
          .isZero();
      assertThat(
              count(
                  connection,
                  "select count(*) from users join user_identities on user_id = id"
                      + " where active and password_hash like '$argon2id$%'"))
          .isEqualTo(4);
      assertThat(count(connection, "select count(*) from customers where user_id is not null"))
          .isEqualTo(2);
      assertThat(
              count(
                  connection,
                  "select count(*) from notification_preferences join customers on id ="
                      + " customer_id where user_id is not null and sms_consent_at is not null"))
          .isEqualTo(2);
      assertThat(
              count(
                  connection,
                  "select count(*) from appointments a join notification_preferences p"
                      + " using (customer_id), unnest(p.reminder_minutes) m"
                      + " where a.starts_at - m * interval '1 minute' between timestamptz '"
                      + now
                      + "' + interval '2 minutes' and timestamptz '"
                      + now
                      + "' + interval '3 minutes'"))
          .isPositive();
      assertThat(count(connection, "select count(*) from payments where kind = 'payment'"))
          .isEqualTo(
              count(connection, "select count(*) from appointments where status = 'completed'"))
          .isGreaterThan(500);
      assertThat(count(connection, "select count(*) from payments where paid_at > '" + now + "'"))
          .isZero();
      assertThat(count(connection, "select count(*) from payments where kind = 'refund'"))
          .isPositive();
      for (String wish : List.of("wants_email", "wants_sms", "language = 'de'")) {
        assertThat(
                count(
                    connection,
                    "select count(*) from notification_recipients where phone <> '' and " + wish))
            .as(wish)
            .isGreaterThan(10);
      }
      assertTourIsFit(connection, loaded.tour(), LocalDate.parse(now.substring(0, 10)));
    }
  }

  private static void assertTourIsFit(Connection connection, Tour tour, LocalDate today)
      throws SQLException {
    assertThat(tour.date()).isBetween(today.plusDays(2), today.plusDays(7));
    assertThat(
            count(
                connection,
                "select count(*) from appointments where status = 'confirmed' and id = "
                    + tour.appointmentId()
                    + " and barber_id = "
                    + tour.barberId()
                    + " and local_date = '"
                    + tour.date()
                    + "'"))
        .isEqualTo(1);
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
