package dev.freshcut.bookingapi.web;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A location's time zone: PostgreSQL knows it, this Java perhaps not yet or no longer. */
public final class StoredZone {
  private static final Logger log = LoggerFactory.getLogger(StoredZone.class);

  private StoredZone() {}

  /**
   * The zone of this name.
   *
   * @throws ProblemException if this Java does not know it
   */
  public static ZoneId of(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      log.error(
          "a location's time zone {} is unknown to this Java, so its slots and appointments are"
              + " answered with 503; update Java, or give the location another name of the zone",
          name);
      throw new ProblemException(
          ProblemType.TIME_ZONE_UNKNOWN, "The request may be right. The zone is " + name + ".");
    }
  }
}
