package dev.freshcut.bookingapi.notification;

import dev.freshcut.bookingapi.write.RowChanges;
import dev.freshcut.bookingapi.write.Rows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The database's side of customers' preferences. */
@Repository
class RecipientTable {
  private static final String TABLE = "notification_preferences";
  private static final String KEY = "customer_id";

  private final JdbcClient database;
  private final Rows rows;

  RecipientTable(JdbcClient database, Rows rows) {
    this.database = database;
    this.rows = rows;
  }

  Optional<Recipient> find(long customerId) {
    return database
        .sql(
            """
            SELECT c.id, c.location_id, c.user_id, c.anonymised_at IS NOT NULL AS anonymised,
              coalesce(p.email, true) AS email, p.language, p.time_zone, p.reminder_minutes,
              p.quiet_from, p.quiet_until, p.sms_consent_at, p.sms_consent_source,
              p.sms_withdrawn_at, p.sms_withdrawn_source, coalesce(p.version, 0) AS version
            FROM customers c LEFT JOIN notification_preferences p ON p.customer_id = c.id
            WHERE c.id = ?
            """)
        .param(customerId)
        .query(Recipient::map)
        .optional();
  }

  /**
   * The same of one whom nobody else changes or anonymises until the end. Locked by a statement
   * before: what waits for a lock sees joined rows as they were when it began to wait.
   */
  Optional<Recipient> lock(long customerId) {
    database
        .sql("SELECT id FROM customers WHERE id = ? FOR NO KEY UPDATE")
        .param(customerId)
        .query(Long.class)
        .optional();
    return find(customerId);
  }

  /** Writes the preferences of a customer who is {@linkplain #lock locked}. */
  PreferencesView save(
      long customerId,
      long locationId,
      Map<String, ? extends @Nullable Object> values,
      RowChanges changes) {
    if (!rows.update(TABLE, Map.of(KEY, customerId), values, changes)) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>(values);
      row.put(KEY, customerId);
      row.put("location_id", locationId);
      rows.insert(TABLE, row, KEY, changes);
    }
    return find(customerId).orElseThrow().preferences();
  }
}
