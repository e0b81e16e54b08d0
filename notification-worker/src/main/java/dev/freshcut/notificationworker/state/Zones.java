package dev.freshcut.notificationworker.state;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads names of time zones, of which the database may know more than this runtime: a zone that is
 * too new for it, or none of a place. That is no reason to tell nobody of anything.
 */
public final class Zones {
  private static final Logger log = LoggerFactory.getLogger(Zones.class);
  private static final int MOST_LOGGED = 1_000;
  private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

  private Zones() {}

  /** The first of these names that is known here; UTC if none is. */
  public static ZoneId of(String... names) {
    for (String name : names) {
      Optional<ZoneId> zone = find(name);
      if (zone.isPresent()) {
        return zone.get();
      }
    }
    return ZoneOffset.UTC;
  }

  private static Optional<ZoneId> find(String name) {
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException e) {
      if (LOGGED.size() < MOST_LOGGED && LOGGED.add(name)) {
        log.warn("time zone {} is unknown here; the location's, or UTC, is used instead", name);
      }
      return Optional.empty();
    }
  }
}
