package dev.freshcut.quickstart.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * What the demo's client wants to be told: she has consented to SMS, may be told at any hour, and
 * is reminded of her next appointment in a moment, so that a reminder can be seen without waiting a
 * day.
 */
final class Wishes {
  /** Long enough for the start to be over, short enough to wait for. */
  private static final Duration REMINDED_IN = Duration.ofMinutes(2);

  /** Reminders are at most so long before. */
  private static final Duration EARLIEST = Duration.ofDays(30);

  private Wishes() {}

  /** Loads them for the customers who can log in. */
  static void load(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            insert into notification_preferences (customer_id, location_id, sms_consent_at,
                sms_consent_source, quiet_from, quiet_until, reminder_minutes)
            select c.id, c.location_id, ?, 'account', '00:00', '00:00',
                array[1440, 120] || (
                  select array_agg(soon.minutes) from (
                    select extract(epoch from min(a.starts_at) - ?)::integer / 60 as minutes
                      from appointments a
                     where a.customer_id = c.id and a.status = 'confirmed'
                       and a.starts_at between ? and ?) soon
                  where soon.minutes not in (1440, 120))
              from customers c where c.user_id is not null
            on conflict (customer_id) do update
              set sms_consent_at = excluded.sms_consent_at,
                  sms_consent_source = excluded.sms_consent_source,
                  quiet_from = excluded.quiet_from,
                  quiet_until = excluded.quiet_until,
                  reminder_minutes = excluded.reminder_minutes
            """)) {
      statement.setObject(1, utc(now));
      statement.setObject(2, utc(now.plus(REMINDED_IN)));
      statement.setObject(3, utc(now.plus(Duration.ofHours(1))));
      statement.setObject(4, utc(now.plus(EARLIEST)));
      statement.executeUpdate();
    }
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
