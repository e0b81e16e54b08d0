package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another client's locks, or a database that takes no writes, hold up no more than they must. */
class BusyDatabaseIT {
  private static final int POOL = 4;
  private ApiFixture api;
  private Shop shop;
  private LocalDate day;

  @BeforeEach
  void start() {
    api =
        new ApiFixture(
            Map.of(
                "freshcut.booking.statement-timeout", "1m",
                "freshcut.booking.lock-timeout", "3s",
                "spring.datasource.hikari.maximum-pool-size", POOL,
                "spring.datasource.hikari.connection-timeout", "10000"));
    shop = Shop.open(api.sql(), "Europe/Paris");
    day = shop.day(3);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void writesThatWaitForOneBarberLeaveConnectionsToOthers() throws Exception {
    try (Connection other = api.connection();
        Statement statement = other.createStatement();
        ExecutorService executor = Executors.newFixedThreadPool(2 * POOL)) {
      other.setAutoCommit(false);
      statement.execute("SELECT FROM barbers WHERE id = %d FOR UPDATE".formatted(shop.anna()));
      List<Future<Reply>> bookings = new ArrayList<>();
      for (int i = 0; i < 2 * POOL; i++) {
        bookings.add(executor.submit(this::book));
      }
      // As many as may wait did so before and after: then somebody else was served in between.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  waiting() == POOL - 1
                      && api.get("/api/v1/locations").status() == 200
                      && waiting() == POOL - 1);

      for (Future<Reply> booking : bookings) {
        AppointmentsIT.assertProblem(booking.get(), 503, "database-unavailable");
        assertThat(booking.get().header("Retry-After")).isEqualTo("1");
      }
      other.rollback();
    }
    assertThat(book().status()).isEqualTo(201);
  }

  @Test
  void standbyIsNoDefectOfTheService() throws SQLException {
    readOnly("on");

    AppointmentsIT.assertProblem(book(), 503, "database-unavailable");

    // Again for a connection that the pool was making meanwhile.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              readOnly("off");
              return book().status() == 201;
            });
  }

  /** As after a failover to a standby, for connections made from now on. */
  private void readOnly(String value) throws SQLException {
    try (Connection superuser = ApiFixture.servers().postgres().connect(api.database());
        Statement statement = superuser.createStatement()) {
      statement.execute("SET default_transaction_read_only = off");
      statement.execute(
          "ALTER DATABASE %s SET default_transaction_read_only = %s"
              .formatted(api.database(), value));
    }
    Objects.requireNonNull(api.bean(HikariDataSource.class).getHikariPoolMXBean())
        .softEvictConnections();
  }

  private Reply book() {
    return api.post("/api/v1/appointments", shop.booking(shop.anna(), day, "10:00"));
  }

  private long waiting() {
    return api.sql()
        .sql(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'
            """)
        .query(Long.class)
        .single();
  }
}
