package dev.freshcut.bookingapi.appointment;

import dev.freshcut.bookingapi.write.RowChanges;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The database's side of holds that are over. Nothing here knows time zones: one that this Java
 * lacks is no reason to keep anybody's time. Time is the statement's, as no index can be asked for
 * {@code clock_timestamp()}.
 */
@Repository
class HoldTable {
  /** Rows that one statement of the sweeper takes. */
  private static final int SWEEP = 100;

  /**
   * For how long a hold that is over can still be read; its maker may send a repeated release as
   * late as an idempotency key lives by default.
   */
  private static final String KEPT = "1 day";

  private final JdbcClient database;

  HoldTable(JdbcClient database) {
    this.database = database;
  }

  /**
   * How many holds the user has made that are not over; what the waiting list offers her is not of
   * her making. Her next one waits for this transaction.
   */
  int countLive(long userId) {
    database
        .sql("SELECT id FROM users WHERE id = ? FOR NO KEY UPDATE")
        .param(userId)
        .query(Long.class)
        .optional();
    return database
        .sql(
            """
            SELECT count(*) FROM appointments a
            WHERE held_by = ? AND status = 'held' AND hold_expires_at > statement_timestamp()
              AND NOT EXISTS (SELECT FROM waiting_list w WHERE w.appointment_id = a.id)
            """)
        .param(userId)
        .query(Integer.class)
        .single();
  }

  /** Notes which of the barbers' holds are over; the barbers are locked. */
  void expire(List<Long> barberIds, RowChanges changes) {
    note(
        database
            .sql(
                expiring(
                    """
                    WHERE barber_id IN (:barbers) AND status = 'held'
                      AND hold_expires_at <= statement_timestamp()
                    ORDER BY id FOR NO KEY UPDATE
                    """))
            .param("barbers", barberIds),
        changes);
  }

  /** Some of the locations that have holds that are over. */
  List<Long> locationsWithSomeThatAreOver() {
    return database
        .sql(
            """
            SELECT DISTINCT location_id FROM appointments
            WHERE status = 'held' AND hold_expires_at <= statement_timestamp() LIMIT ?
            """)
        .param(SWEEP)
        .query(Long.class)
        .list();
  }

  /**
   * Notes which holds of some locations are over, but for those that somebody else is working on.
   * The locations are locked first, as everywhere: a change of a zone has the location, and wants
   * its appointments.
   */
  void sweep(List<Long> some, RowChanges changes) {
    List<Long> locations =
        database
            .sql("SELECT id FROM locations WHERE id IN (:some) FOR SHARE SKIP LOCKED")
            .param("some", some)
            .query(Long.class)
            .list();
    if (locations.isEmpty()) {
      return;
    }
    note(
        database
            .sql(
                expiring(
                    """
                    WHERE status = 'held' AND hold_expires_at <= statement_timestamp()
                      AND location_id IN (:locations)
                    ORDER BY hold_expires_at LIMIT :most FOR NO KEY UPDATE SKIP LOCKED
                    """))
            .param("locations", locations)
            .param("most", SWEEP),
        changes);
  }

  private static String expiring(String chosen) {
    return """
    WITH over AS (SELECT a.id, to_jsonb(a)::text AS before FROM appointments a
    """
        + chosen
        + """
        )
        UPDATE appointments a SET status = 'expired' FROM over WHERE a.id = over.id
        RETURNING over.before, to_jsonb(a)::text AS after
        """;
  }

  private static void note(JdbcClient.StatementSpec statement, RowChanges changes) {
    record Images(String before, String after) {}
    statement
        .query((row, n) -> new Images(row.getString("before"), row.getString("after")))
        .list()
        .forEach(each -> changes.updated(AppointmentTable.NAME, each.before(), each.after()));
  }

  /**
   * Deletes holds that have been over for a day. No view shows them, so nothing is evicted.
   *
   * @return how many
   */
  int deleteOld() {
    return database
        .sql(
            """
                DELETE FROM appointments WHERE id IN (
                  SELECT id FROM appointments
                  WHERE status = 'expired'
                    AND hold_expires_at < statement_timestamp() - :kept::interval
                  ORDER BY hold_expires_at LIMIT :most FOR UPDATE SKIP LOCKED)
                """)
        .param("kept", KEPT)
        .param("most", SWEEP)
        .update();
  }

  boolean hasOld() {
    return database
        .sql(
            """
            SELECT EXISTS (SELECT FROM appointments
              WHERE status = 'expired' AND hold_expires_at < statement_timestamp() - :kept::interval)
            """)
        .param("kept", KEPT)
        .query(Boolean.class)
        .single();
  }
}
