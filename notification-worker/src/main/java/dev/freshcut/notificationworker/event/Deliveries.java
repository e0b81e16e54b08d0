package dev.freshcut.notificationworker.event;

import dev.freshcut.notificationworker.ledger.Bounds;
import dev.freshcut.notificationworker.sending.Content;
import dev.freshcut.notificationworker.sending.Location;
import dev.freshcut.notificationworker.sending.Recipient;
import dev.freshcut.notificationworker.sending.WebhookDelivery.Endpoint;
import dev.freshcut.notificationworker.state.DetailsReader;
import dev.freshcut.notificationworker.state.Zones;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Webhooks, and the ledger of what was delivered to them, in the database. */
public final class Deliveries {
  private final JdbcClient jdbc;
  private final Clock clock;

  public Deliveries(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** A webhook that is enabled, with the secrets that are good now. */
  Optional<Endpoint> endpoint(long webhookId) {
    Instant now = clock.instant();
    return jdbc.sql(
            """
            SELECT id, location_id, url, secret, previous_secret, previous_until, older_secret,
              older_until FROM webhooks WHERE id = ? AND enabled
            """)
        .param(webhookId)
        .query((row, number) -> endpoint(row, now))
        .optional();
  }

  private static Endpoint endpoint(ResultSet row, Instant now) throws SQLException {
    List<byte[]> secrets = new ArrayList<>();
    secrets.add(row.getBytes("secret"));
    for (String name : List.of("previous", "older")) {
      OffsetDateTime until = row.getObject(name + "_until", OffsetDateTime.class);
      if (until != null && until.toInstant().isAfter(now)) {
        secrets.add(row.getBytes(name + "_secret"));
      }
    }
    return new Endpoint(
        row.getLong("id"), row.getLong("location_id"), row.getString("url"), secrets);
  }

  /** Enters an attempt; false if it was delivered before. */
  boolean begin(String id, Endpoint endpoint, String event) {
    return jdbc.sql(
                """
                INSERT INTO webhook_deliveries
                  (id, webhook_id, location_id, event, state, created_at)
                  VALUES (:id, :webhook, :location, :event, 'sending', :at)
                ON CONFLICT (id) DO UPDATE
                  SET state = 'sending', attempts = webhook_deliveries.attempts + 1
                  WHERE webhook_deliveries.state <> 'delivered'
                """)
            .param("id", id)
            .param("webhook", endpoint.webhookId())
            .param("location", endpoint.locationId())
            .param("event", event)
            .param("at", now())
            .update()
        > 0;
  }

  /**
   * Why an attempt failed.
   *
   * @param status of the answer; null if there was none, or one that HTTP does not know
   */
  record Failure(String reason, @Nullable Integer status) {
    Failure {
      status = status == null || status < 100 || status > 599 ? null : status;
    }
  }

  /** Its webhook is gone or disabled, so that it is not tried again. */
  void skipped(String id) {
    jdbc.sql("UPDATE webhook_deliveries SET state = 'skipped' WHERE id = ? AND state = 'sending'")
        .param(id)
        .update();
  }

  /** Whether it is being tried still, at a webhook that is enabled. */
  boolean isOpen(String id) {
    return jdbc.sql(
            """
            SELECT EXISTS (
              SELECT FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
                WHERE d.id = ? AND d.state = 'sending' AND w.enabled)
            """)
        .param(id)
        .query(Boolean.class)
        .single();
  }

  /** It arrived, so that those given up before it no longer count. */
  void delivered(String id, long webhookId, @Nullable Integer status) {
    jdbc.sql(
            """
            WITH arrived AS (
              UPDATE webhook_deliveries SET state = 'delivered', delivered_at = :at,
                last_status = :status, last_error = NULL WHERE id = :id AND state <> 'delivered')
            UPDATE webhooks SET failures = 0 WHERE id = :webhook AND failures > 0
            """)
        .param("at", now())
        .param("status", status, Types.INTEGER)
        .param("id", id)
        .param("webhook", webhookId)
        .update();
  }

  /** An attempt failed, and there will be another. */
  void failed(String id, Failure failure) {
    jdbc.sql(
            """
            UPDATE webhook_deliveries SET last_status = :status, last_error = :reason
              WHERE id = :id AND state = 'sending'
            """)
        .param("status", failure.status(), Types.INTEGER)
        .param("reason", Bounds.cut(failure.reason()))
        .param("id", id)
        .update();
  }

  /**
   * Notes that it is given up, and disables the webhook if that happened too often in a row.
   *
   * @param most deliveries that may be given up in a row, less one
   * @return whether the webhook was disabled just now
   */
  boolean givenUp(String id, long webhookId, Failure failure, int most) {
    return jdbc.sql(
            """
            WITH given_up AS (
              UPDATE webhook_deliveries
                SET state = 'failed', last_status = :status, last_error = :reason
                WHERE id = :id AND state = 'sending' RETURNING webhook_id)
            UPDATE webhooks SET failures = failures + 1,
                enabled = failures + 1 < :most,
                disabled_at = CASE WHEN failures + 1 < :most THEN NULL ELSE CAST(:at AS timestamptz) END,
                disabled_reason = CASE WHEN failures + 1 < :most THEN NULL ELSE :reason END
              WHERE id = :webhook AND enabled AND EXISTS (SELECT FROM given_up)
              RETURNING NOT enabled
            """)
        .param("status", failure.status(), Types.INTEGER)
        .param("reason", Bounds.cut(failure.reason()))
        .param("id", id)
        .param("most", most)
        .param("at", now())
        .param("webhook", webhookId)
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /** A webhook that was disabled for its failures, and still is. */
  Optional<Disabled> disabled(long webhookId) {
    return jdbc.sql(
            """
            SELECT w.id, w.url, w.disabled_at, w.disabled_reason, l.id AS location_id, l.name,
              l.time_zone, n.reply_to
              FROM webhooks w
              JOIN locations l ON l.id = w.location_id
              JOIN notification_rules n ON n.location_id = w.location_id
              WHERE w.id = ? AND w.disabled_at IS NOT NULL
            """)
        .param(webhookId)
        .query(
            (row, number) ->
                new Disabled(
                    row.getObject("disabled_at", OffsetDateTime.class).toInstant(),
                    new Content.DisabledWebhook(
                        row.getLong("id"), row.getString("url"), row.getString("disabled_reason")),
                    new Location(
                        row.getLong("location_id"),
                        row.getString("name"),
                        Zones.of(row.getString("time_zone")),
                        row.getString("reply_to"))))
        .optional();
  }

  /** A disabled webhook, and of whom. */
  record Disabled(Instant at, Content.DisabledWebhook content, Location location) {}

  /** The users who own a location. */
  List<Long> owners(long locationId) {
    return jdbc.sql("SELECT user_id FROM notification_owners WHERE location_id = ?")
        .param(locationId)
        .query(Long.class)
        .list();
  }

  /** How to tell an owner of a location; empty if she no longer is. */
  Optional<Recipient> owner(Location location, long userId) {
    return jdbc.sql(
            """
            SELECT name, email, language FROM notification_owners
              WHERE location_id = ? AND user_id = ?
            """)
        .params(location.id(), userId)
        .query(
            (row, number) ->
                new Recipient(
                    null,
                    row.getString("name"),
                    row.getString("email"),
                    null,
                    DetailsReader.locale(row.getString("language")),
                    location.zone()))
        .optional();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
