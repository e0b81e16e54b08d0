package dev.freshcut.bookingapi.catalog;

import dev.freshcut.bookingapi.security.Caller;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What is locked before a location's catalog or schedule is changed. As bookings do: first the
 * location, then barbers, so that nothing deadlocks and no booking is made by what is just being
 * changed.
 */
@Repository
public class Places {
  private final JdbcClient database;

  Places(JdbcClient database) {
    this.database = database;
  }

  /**
   * The zone of a location, which is locked; empty if there is none that the caller works at.
   * Another's is not there for her.
   */
  public Optional<String> lock(Caller.User caller, long locationId) {
    return caller.mayWorkAt(locationId)
        ? database
            .sql("SELECT time_zone FROM locations WHERE id = ? FOR NO KEY UPDATE")
            .param(locationId)
            .query(String.class)
            .optional()
        : Optional.empty();
  }

  /** The same without a lock. */
  public Optional<String> zone(Caller.User caller, long locationId) {
    return caller.mayWorkAt(locationId)
        ? database
            .sql("SELECT time_zone FROM locations WHERE id = ?")
            .param(locationId)
            .query(String.class)
            .optional()
        : Optional.empty();
  }

  /** Whether the location has such a barber, active or not. */
  public boolean hasBarber(long locationId, long barberId) {
    return database
        .sql("SELECT EXISTS (SELECT FROM barbers WHERE location_id = ? AND id = ?)")
        .params(locationId, barberId)
        .query(Boolean.class)
        .single();
  }

  /** Whether the location has such a barber, active or not; she is locked then. */
  public boolean lockBarber(long locationId, long barberId) {
    return database
        .sql("SELECT true FROM barbers WHERE location_id = ? AND id = ? FOR NO KEY UPDATE")
        .params(locationId, barberId)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** Whether the location has such a barber who can be booked; she is locked then. */
  public boolean lockActiveBarber(long locationId, long barberId) {
    return database
        .sql("SELECT active FROM barbers WHERE location_id = ? AND id = ? FOR NO KEY UPDATE")
        .params(locationId, barberId)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }
}
