package dev.freshcut.bookingapi.webhook;

import dev.freshcut.bookingapi.web.Page;
import dev.freshcut.bookingapi.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The database's side of webhooks. Secrets are sealed before they come here. */
@Repository
class WebhookTable {
  private static final String COLUMNS =
      """
      id, location_id, url, events, description, enabled, failures, disabled_at, disabled_reason,
      version,
      CASE WHEN previous_until > clock_timestamp() THEN previous_until END AS previous_until
      """;

  private final JdbcClient database;

  WebhookTable(JdbcClient database) {
    this.database = database;
  }

  private static WebhookView map(ResultSet row, int n) throws SQLException {
    return new WebhookView(
        row.getLong("id"),
        row.getLong("location_id"),
        row.getString("url"),
        Arrays.stream((String[]) row.getArray("events").getArray()).map(Event::of).toList(),
        row.getString("description"),
        row.getBoolean("enabled"),
        row.getInt("failures"),
        row.getObject("disabled_at", OffsetDateTime.class),
        row.getString("disabled_reason"),
        null,
        row.getObject("previous_until", OffsetDateTime.class),
        row.getLong("version"));
  }

  Optional<WebhookView> find(long id) {
    return select(id, "");
  }

  Optional<WebhookView> lock(long id) {
    return select(id, " FOR UPDATE");
  }

  private Optional<WebhookView> select(long id, String lock) {
    return database
        .sql("SELECT " + COLUMNS + " FROM webhooks WHERE id = ?" + lock)
        .param(id)
        .query(WebhookTable::map)
        .optional();
  }

  Page<WebhookView> page(long locationId, PageRequest page) {
    return page.load(
        "webhooks of " + locationId,
        1,
        (last, count) ->
            database
                .sql(
                    "SELECT "
                        + COLUMNS
                        + " FROM webhooks WHERE location_id = ? AND id > ? ORDER BY id LIMIT ?")
                .params(locationId, last == null ? 0 : last.getFirst(), count)
                .query(WebhookTable::map)
                .list(),
        row -> List.of(row.id()));
  }

  /** Makes others wait who would add a webhook to the location; false if there is none. */
  boolean lockLocation(long locationId) {
    return database
        .sql("SELECT id FROM locations WHERE id = ? FOR NO KEY UPDATE")
        .param(locationId)
        .query(Long.class)
        .optional()
        .isPresent();
  }

  long count(long locationId) {
    return database
        .sql("SELECT count(*) FROM webhooks WHERE location_id = ?")
        .param(locationId)
        .query(Long.class)
        .single();
  }

  /** For a row that is to be inserted. */
  long nextId() {
    return database
        .sql("SELECT nextval(pg_get_serial_sequence('webhooks', 'id'))")
        .query(Long.class)
        .single();
  }

  WebhookView insert(long id, NewWebhook wanted, byte[] secret) {
    return database
        .sql(
            """
            INSERT INTO webhooks (id, location_id, url, events, description, secret)
            OVERRIDING SYSTEM VALUE VALUES (:id, :location, :url, :events, :description, :secret)
            RETURNING
            """
                + COLUMNS)
        .param("id", id)
        .param("location", wanted.locationId())
        .param("url", wanted.url())
        .param("events", texts(wanted.events()))
        .param("description", wanted.description())
        .param("secret", secret)
        .query(WebhookTable::map)
        .single();
  }

  /** What is null in the change stays. */
  WebhookView update(long id, WebhookChange change) {
    return database
        .sql(
            """
            UPDATE webhooks SET url = coalesce(:url, url),
              events = coalesce(:events::text[], events),
              description = coalesce(:description, description),
              enabled = coalesce(:enabled, enabled)
            WHERE id = :id RETURNING
            """
                + COLUMNS)
        .param("id", id)
        .param("url", change.url())
        .param("events", change.events() == null ? null : texts(change.events()))
        .param("description", change.description())
        .param("enabled", change.enabled())
        .query(WebhookTable::map)
        .single();
  }

  /**
   * The secret so far is good for a while longer. One before it that still is stays as well: the
   * receiver may have that, if the answer with the one so far was lost.
   */
  WebhookView rotate(long id, byte[] secret, Duration overlap) {
    return database
        .sql(
            """
            UPDATE webhooks SET
              older_secret = CASE WHEN older_until > clock_timestamp() THEN older_secret
                ELSE previous_secret END,
              older_until = CASE WHEN older_until > clock_timestamp() THEN older_until
                ELSE previous_until END,
              previous_secret = secret,
              previous_until = clock_timestamp() + make_interval(secs => :overlap), secret = :secret
            WHERE id = :id RETURNING
            """
                + COLUMNS)
        .param("id", id)
        .param("secret", secret)
        .param("overlap", (double) overlap.toSeconds())
        .query(WebhookTable::map)
        .single();
  }

  void delete(long id) {
    database.sql("DELETE FROM webhooks WHERE id = ?").param(id).update();
  }

  private static String[] texts(Collection<Event> events) {
    return events.stream().sorted().map(Event::text).toArray(String[]::new);
  }
}
