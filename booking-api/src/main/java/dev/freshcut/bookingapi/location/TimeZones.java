package dev.freshcut.bookingapi.location;

import java.time.ZoneId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Time zones that can be stored: regions that this Java and the database both know. Either may have
 * an older edition of the IANA's database than the other.
 */
@Repository
public class TimeZones {
  private final JdbcClient database;

  TimeZones(JdbcClient database) {
    this.database = database;
  }

  /** Whether both sides know the zone. */
  public boolean isKnown(String name) {
    return ZoneId.getAvailableZoneIds().contains(name)
        && database.sql("SELECT time_zone_is_known(?)").param(name).query(Boolean.class).single();
  }
}
