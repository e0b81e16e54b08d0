package dev.freshcut.notificationworker.ledger;

import java.time.Clock;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was sent, in the database. A message is entered before it is handed to the provider and
 * closed after: one that is found as sent is not sent again, whoever asks for it again. One that is
 * found as being sent may have been: it is sent again, as the other choice is not to send it.
 */
public final class Ledger {
  private static final String ENTER =
      """
      INSERT INTO notifications
        (id, location_id, customer_id, appointment_id, waiting_list_id, kind, channel, state,
         reason, attempts, created_at)
        VALUES (:id, :location, :customer, :appointment, :wish, :kind, :channel, :state,
         :reason, :attempts, :at)
      """;

  /** Nothing of what providers say stays of somebody who was anonymised meanwhile. */
  private static final String UNLESS_FORGOTTEN =
      """
      CASE WHEN CAST(:customer AS bigint) IS NULL OR EXISTS (
        SELECT FROM notification_recipients WHERE customer_id = CAST(:customer AS bigint))
        THEN CAST(%s AS text) END
      """;

  private static final String SENT =
      """
      UPDATE notifications
        SET state = 'sent', reason = NULL, sent_at = :at, provider_id = %s
        WHERE id = :id AND state <> 'sent'
      """
          .formatted(UNLESS_FORGOTTEN.formatted(":provider"));
  private static final String FAILED =
      """
      UPDATE notifications SET state = 'failed', reason = %s WHERE id = :id AND state <> 'sent'
      """
          .formatted(UNLESS_FORGOTTEN.formatted(":reason"));

  private final JdbcClient jdbc;
  private final Clock clock;

  public Ledger(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Enters an attempt; false if it was sent before. */
  public boolean begin(Entry entry) {
    String again =
        """
        ON CONFLICT (id) DO UPDATE
          SET state = 'sending', reason = NULL, attempts = notifications.attempts + 1
          WHERE notifications.state <> 'sent'
        """;
    return enter(ENTER + again, entry, "sending", null, 1) > 0;
  }

  /** It is sent. */
  public void sent(Entry entry, @Nullable String providerId) {
    jdbc.sql(SENT)
        .param("provider", Bounds.cut(providerId))
        .param("customer", entry.customerId())
        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
        .param("id", entry.id())
        .update();
  }

  /** The attempt failed; there may be another. */
  public void failed(Entry entry, String reason) {
    jdbc.sql(FAILED)
        .param("reason", Bounds.cut(reason))
        .param("customer", entry.customerId())
        .param("id", entry.id())
        .update();
  }

  /** It is not sent, for this reason; nothing is noted if there was an attempt. */
  public void skipped(Entry entry, String reason) {
    enter(ENTER + "ON CONFLICT (id) DO NOTHING", entry, "skipped", Bounds.cut(reason), 0);
  }

  private int enter(String sql, Entry entry, String state, @Nullable String reason, int attempts) {
    return jdbc.sql(sql)
        .param("id", entry.id())
        .param("location", entry.locationId())
        .param("customer", entry.customerId())
        .param("appointment", entry.appointmentId())
        .param("wish", entry.waitingListId())
        .param("kind", entry.kind().text())
        .param("channel", entry.channel().text())
        .param("state", state)
        .param("reason", reason)
        .param("attempts", attempts)
        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
  }
}
