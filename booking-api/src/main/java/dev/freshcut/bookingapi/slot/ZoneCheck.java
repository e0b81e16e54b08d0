package dev.freshcut.bookingapi.slot;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** At start: names the locations whose time zone PostgreSQL knows and this Java does not. */
@Component
@DependsOnDatabaseInitialization
final class ZoneCheck {
  private static final Logger log = LoggerFactory.getLogger(ZoneCheck.class);

  private record Use(String zone, String locations) {}

  ZoneCheck(JdbcClient database) {
    List<String> unknown = unknown(database);
    if (!unknown.isEmpty()) {
      log.error(
          "this Java does not know the time zones of some locations, whose slots and appointments"
              + " will be answered with 503; update Java, or give them another name of the zone: {}",
          unknown);
    }
  }

  static List<String> unknown(JdbcClient database) {
    Set<String> known = ZoneId.getAvailableZoneIds();
    return database
        .sql(
            """
            SELECT time_zone, string_agg(id::text, ', ' ORDER BY id) AS locations
            FROM locations GROUP BY time_zone ORDER BY time_zone
            """)
        .query((row, n) -> new Use(row.getString("time_zone"), row.getString("locations")))
        .list()
        .stream()
        .filter(use -> !known.contains(use.zone()))
        .map(use -> "%s (locations %s)".formatted(use.zone(), use.locations()))
        .toList();
  }
}
