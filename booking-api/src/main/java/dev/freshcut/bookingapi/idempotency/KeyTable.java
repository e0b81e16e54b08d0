package dev.freshcut.bookingapi.idempotency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The keys that have been answered, with the answers. */
@Repository
class KeyTable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

  private final JdbcClient database;
  private final IdempotencySettings settings;
  private final Clock clock;

  KeyTable(JdbcClient database, IdempotencySettings settings, Clock clock) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  /** A key that has been answered. */
  record Answered(String fingerprint, StoredAnswer answer) {}

  /** What the key was answered with, unless it has outlived it. */
  Optional<Answered> find(Key key) {
    return database
        .sql(
            """
            SELECT fingerprint, status, headers, body FROM idempotency_keys
            WHERE caller = ? AND key = ? AND created_at > ?
            """)
        .params(key.caller(), key.text(), oldest())
        .query(KeyTable::map)
        .optional();
  }

  /**
   * Takes the key until the end of the transaction, on whatever instance others ask for it.
   *
   * @return whether it was free
   */
  boolean lock(Key key) {
    return database
        .sql("SELECT pg_try_advisory_xact_lock(?)")
        .param(key.lock())
        .query(Boolean.class)
        .single();
  }

  /** Replaces what the key was answered with when it had another life. */
  void store(Key key, StoredAnswer answer) {
    database
        .sql(
            """
            INSERT INTO idempotency_keys AS k
              (caller, key, fingerprint, status, headers, body, created_at)
            VALUES (?, ?, ?, ?, ?::jsonb, ?, ?)
            ON CONFLICT (caller, key) DO UPDATE SET
              fingerprint = excluded.fingerprint, status = excluded.status,
              headers = excluded.headers, body = excluded.body, created_at = excluded.created_at
            """)
        .params(
            key.caller(),
            key.text(),
            key.fingerprint(),
            answer.status(),
            JSON.writeValueAsString(answer.headers()),
            answer.body(),
            now())
        .update();
  }

  /** Deletes some keys that have outlived it; the number of them. */
  int sweep(int most) {
    return database
        .sql(
            """
            DELETE FROM idempotency_keys WHERE (caller, key) IN (
              SELECT caller, key FROM idempotency_keys WHERE created_at <= ?
              ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED)
            """)
        .params(oldest(), most)
        .update();
  }

  private OffsetDateTime oldest() {
    return now().minus(settings.lifetime());
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Answered map(ResultSet row, int n) throws SQLException {
    return new Answered(
        row.getString("fingerprint"),
        new StoredAnswer(
            row.getInt("status"),
            JSON.readValue(row.getString("headers"), HEADERS),
            row.getString("body")));
  }
}
