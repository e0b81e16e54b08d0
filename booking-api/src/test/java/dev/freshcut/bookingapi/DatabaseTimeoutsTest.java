package dev.freshcut.bookingapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseTimeoutsTest {
  @Test
  void theSocketOutlivesTheLongestStatement() {
    try (HikariDataSource pool = new HikariDataSource()) {
      DatabaseTimeouts.limit(
          pool, new BookingSettings(1024, Duration.ofMinutes(1), Duration.ofMillis(1500), 1, 60));

      assertThat(pool.getDataSourceProperties().get("socketTimeout")).hasToString("70");
      assertThat(pool.getConnectionInitSql())
          .contains("SET statement_timeout = 60000;", "SET lock_timeout = 1500");
    }
  }
}
