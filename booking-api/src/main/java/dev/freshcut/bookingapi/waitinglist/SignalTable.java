package dev.freshcut.bookingapi.waitinglist;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Where time may have become free, as the database's triggers note it, and whose turn it is. */
@Repository
class SignalTable {
  /** Signals of a location that are looked at together. */
  private static final int MOST = 1_000;

  private final JdbcClient database;

  SignalTable(JdbcClient database) {
    this.database = database;
  }

  /**
   * A signal.
   *
   * @param date null for any
   */
  record Signal(long id, @Nullable LocalDate date) {}

  /** Locations that have signals, the oldest first, but for some. */
  List<Long> locations(int most, Collection<Long> without) {
    return database
        .sql(
            """
            SELECT location_id FROM waiting_list_signals
            WHERE location_id <> ALL (?)
            GROUP BY location_id ORDER BY min(id) LIMIT ?
            """)
        .params(without.toArray(Long[]::new), most)
        .query(Long.class)
        .list();
  }

  List<Signal> of(long locationId) {
    return database
        .sql(
            """
            SELECT id, local_date FROM waiting_list_signals
            WHERE location_id = ? ORDER BY id LIMIT ?
            """)
        .params(locationId, MOST)
        .query(
            (row, n) -> new Signal(row.getLong("id"), row.getObject("local_date", LocalDate.class)))
        .list();
  }

  /** Others that come meanwhile stay. */
  void delete(List<Signal> signals) {
    database
        .sql("DELETE FROM waiting_list_signals WHERE id IN (:ids)")
        .param("ids", signals.stream().map(Signal::id).toList())
        .update();
  }

  /**
   * Takes the location's turn until the transaction ends, or lets it be.
   *
   * @return whether nobody else had it
   */
  boolean tryTurn(long locationId) {
    return database
        .sql("SELECT pg_try_advisory_xact_lock(hashtextextended('waiting list ' || ?, 0))")
        .param(Long.toString(locationId))
        .query(Boolean.class)
        .single();
  }

  /** Takes the location's turn until the transaction ends, and waits for it. */
  void awaitTurn(long locationId) {
    database
        .sql(
            """
            SELECT TRUE FROM pg_advisory_xact_lock(hashtextextended('waiting list ' || ?, 0))
            """)
        .param(Long.toString(locationId))
        .query(Boolean.class)
        .single();
  }

  /** As if time had become free wherever somebody waits: the calendar may have moved on. */
  void recheck() {
    database
        .sql(
            """
            INSERT INTO waiting_list_signals (location_id)
            SELECT DISTINCT location_id FROM waiting_list WHERE state = 'waiting'
            """)
        .update();
  }

  /** Ends the wait of some of those whose dates are past; the number of them. */
  int expire(int most) {
    return database
        .sql(
            """
            UPDATE waiting_list SET state = 'expired' WHERE id IN (
              SELECT w.id FROM waiting_list w JOIN locations l ON l.id = w.location_id
              WHERE w.state = 'waiting' AND w.last_date < (now() AT TIME ZONE l.time_zone)::date
              ORDER BY w.id LIMIT ? FOR NO KEY UPDATE OF w SKIP LOCKED)
            """)
        .param(most)
        .update();
  }

  /** The location's entries that wait, the oldest first. */
  List<EntryRow> waiting(long locationId) {
    return database
        .sql(
            """
            SELECT w.*, c.user_id, l.time_zone
            FROM waiting_list w
              JOIN customers c ON c.id = w.customer_id
              JOIN locations l ON l.id = w.location_id
            WHERE w.location_id = ? AND w.state = 'waiting' ORDER BY w.id LIMIT ?
            """)
        .params(locationId, WaitingList.MOST_OF_LOCATION)
        .query(EntryRow::map)
        .list();
  }
}
