package dev.freshcut.bookingapi.notification;

import dev.freshcut.bookingapi.audit.AuditLog;
import dev.freshcut.bookingapi.catalog.Places;
import dev.freshcut.bookingapi.coherence.Written;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.IfMatch;
import dev.freshcut.bookingapi.web.Problem;
import dev.freshcut.bookingapi.web.ProblemType;
import dev.freshcut.bookingapi.write.Outcome;
import dev.freshcut.bookingapi.write.Rows;
import dev.freshcut.bookingapi.write.Writes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What locations say about notifications. */
@Service
class NotificationSettings {
  private static final String TABLE = "notification_settings";
  private static final String KEY = "location_id";

  private final JdbcClient database;
  private final Places places;
  private final Rows rows;
  private final Writes writes;
  private final AuditLog audit;

  NotificationSettings(
      JdbcClient database, Places places, Rows rows, Writes writes, AuditLog audit) {
    this.database = database;
    this.places = places;
    this.rows = rows;
    this.writes = writes;
    this.audit = audit;
  }

  Outcome<NotificationSettingsView, Problem> find(Caller.User caller, long locationId) {
    return Outcome.found(
        caller.mayWorkAt(locationId) ? read(locationId) : Optional.empty(),
        () -> noLocation(locationId));
  }

  Outcome<Written<NotificationSettingsView>, Problem> put(
      Caller.User caller, long locationId, NotificationSettingsTerms wanted, IfMatch expected) {
    return writes.attempt(
        changes -> {
          if (places.lock(caller, locationId).isEmpty()) {
            return Outcome.refused(noLocation(locationId));
          }
          expected.require(read(locationId).orElseThrow());
          Map<String, @Nullable Object> values = wanted.row();
          if (!rows.update(TABLE, Map.of(KEY, locationId), values, changes)) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>(values);
            row.put(KEY, locationId);
            rows.insert(TABLE, row, KEY, changes);
          }
          replyTo(locationId, wanted.replyTo());
          audit.record(caller, "notification-settings.put", "location:" + locationId, Map.of());
          return Outcome.done(read(locationId).orElseThrow());
        });
  }

  private void replyTo(long locationId, @Nullable String address) {
    if (address == null) {
      database
          .sql("DELETE FROM notification_reply_addresses WHERE location_id = ?")
          .param(locationId)
          .update();
    } else {
      database
          .sql(
              """
              INSERT INTO notification_reply_addresses (location_id, reply_to) VALUES (?, ?)
              ON CONFLICT (location_id) DO UPDATE SET reply_to = excluded.reply_to
              """)
          .params(locationId, address)
          .update();
    }
  }

  private Optional<NotificationSettingsView> read(long locationId) {
    return database
        .sql("SELECT * FROM notification_rules WHERE location_id = ?")
        .param(locationId)
        .query(NotificationSettings::map)
        .optional();
  }

  private static NotificationSettingsView map(ResultSet row, int n) throws SQLException {
    return new NotificationSettingsView(
        row.getLong("location_id"),
        row.getBoolean("email"),
        row.getBoolean("sms"),
        Objects.requireNonNull(Reminders.of(row.getArray("reminder_minutes"))),
        row.getObject("quiet_from", LocalTime.class).toString(),
        row.getObject("quiet_until", LocalTime.class).toString(),
        row.getString("reply_to"));
  }

  private static Problem noLocation(long id) {
    return Problem.of(ProblemType.LOCATION_NOT_FOUND, "Location " + id);
  }
}
