package dev.freshcut.bookingapi.analytics;

import dev.freshcut.bookingapi.web.Missing;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The zones whose local dates figures are of. */
@Repository
class Zones {
  private final JdbcClient database;

  Zones(JdbcClient database) {
    this.database = database;
  }

  /**
   * A location's.
   *
   * @throws dev.freshcut.bookingapi.web.ProblemException if there is no such location
   */
  String of(long locationId) {
    return database
        .sql("SELECT time_zone FROM locations WHERE id = ?")
        .param(locationId)
        .query(String.class)
        .optional()
        .orElseThrow(() -> Missing.location(locationId));
  }
}
