package dev.freshcut.bookingapi.notification;

import dev.freshcut.bookingapi.notification.PreferencesView.SmsConsent;
import dev.freshcut.bookingapi.security.Caller;
import dev.freshcut.bookingapi.web.Word;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A customer, as somebody who is told things.
 *
 * @param userId who she is, if she is a user
 * @param preferences hers, or what holds while she has said nothing
 */
record Recipient(
    long locationId, @Nullable Long userId, boolean anonymised, PreferencesView preferences) {

  static Recipient map(ResultSet row, int n) throws SQLException {
    return new Recipient(
        row.getLong("location_id"),
        row.getObject("user_id", Long.class),
        row.getBoolean("anonymised"),
        new PreferencesView(
            row.getLong("id"),
            row.getBoolean("email"),
            row.getString("language"),
            row.getString("time_zone"),
            Reminders.of(row.getArray("reminder_minutes")),
            time(row, "quiet_from"),
            time(row, "quiet_until"),
            consent(row),
            row.getLong("version")));
  }

  /** Whether the caller may see it: staff of the location, and a client herself. */
  boolean isFor(Caller.User caller) {
    return caller.mayHandle(userId, locationId);
  }

  private static @Nullable String time(ResultSet row, String column) throws SQLException {
    LocalTime time = row.getObject(column, LocalTime.class);
    return time == null ? null : time.toString();
  }

  private static @Nullable SmsConsent consent(ResultSet row) throws SQLException {
    boolean given = row.getObject("sms_consent_at") != null;
    String word = given ? "sms_consent" : "sms_withdrawn";
    OffsetDateTime at = row.getObject(word + "_at", OffsetDateTime.class);
    return at == null
        ? null
        : new SmsConsent(
            given, at.toInstant(), Word.of(ConsentSource.class, row.getString(word + "_source")));
  }
}
