package dev.freshcut.bookingapi.user;

import dev.freshcut.bookingapi.security.Role;
import dev.freshcut.bookingapi.write.RowChanges;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The database's side of users. Writes note the row of {@code users} that they change. */
@Repository
class UserTable {
  static final String NAME = "public.users";

  private static final String FROM_USERS =
      "SELECT " + UserRow.COLUMNS + " FROM users u JOIN user_identities i ON i.user_id = u.id ";

  private final JdbcClient database;

  UserTable(JdbcClient database) {
    this.database = database;
  }

  /** What it takes to check a password. */
  record Credentials(UserRow user, @Nullable String passwordHash) {}

  /** What is written of a user. */
  record Values(
      Role role,
      @Nullable Long locationId,
      @Nullable Long barberId,
      @Nullable String timeZone,
      @Nullable String language,
      boolean active,
      String name,
      @Nullable String phone) {}

  Optional<UserRow> find(long id) {
    return database.sql(FROM_USERS + "WHERE u.id = ?").param(id).query(UserRow::map).optional();
  }

  Optional<Long> idOfSubject(String subject) {
    return database
        .sql("SELECT user_id FROM user_identities WHERE external_subject = ?")
        .param(subject)
        .query(Long.class)
        .optional();
  }

  Optional<Credentials> credentials(String email) {
    return database
        .sql(
            "SELECT i.password_hash, "
                + UserRow.COLUMNS
                + " FROM users u JOIN user_identities i ON i.user_id = u.id"
                + " WHERE lower(i.email) = lower(?)")
        .param(email)
        .query((row, n) -> new Credentials(UserRow.map(row, n), row.getString("password_hash")))
        .optional();
  }

  Optional<String> passwordHash(long id) {
    return database
        .sql(
            """
            SELECT password_hash FROM user_identities
            WHERE user_id = ? AND password_hash IS NOT NULL
            """)
        .param(id)
        .query(String.class)
        .optional();
  }

  /**
   * Users by id.
   *
   * @param locationId of those who work there; null for all
   */
  List<UserRow> after(long id, @Nullable Long locationId, int limit) {
    return database
        .sql(
            FROM_USERS
                + """
                WHERE u.id > :after AND (:location::bigint IS NULL OR u.location_id = :location)
                ORDER BY u.id LIMIT :limit
                """)
        .param("after", id)
        .param("location", locationId)
        .param("limit", limit)
        .query(UserRow::map)
        .list();
  }

  boolean operatorExists() {
    return database
        .sql("SELECT EXISTS (SELECT FROM users WHERE role = 'operator')")
        .query(Boolean.class)
        .single();
  }

  boolean locationExists(long id) {
    return database
        .sql("SELECT EXISTS (SELECT FROM locations WHERE id = ?)")
        .param(id)
        .query(Boolean.class)
        .single();
  }

  boolean barberExists(long locationId, long id) {
    return database
        .sql("SELECT EXISTS (SELECT FROM barbers WHERE location_id = ? AND id = ?)")
        .params(locationId, id)
        .query(Boolean.class)
        .single();
  }

  /** The new user; empty if the email has an account. */
  Optional<UserRow> insert(
      Values values, String email, @Nullable String passwordHash, RowChanges changes) {
    long id =
        values(
                """
                INSERT INTO users (role, location_id, barber_id, time_zone, language, active)
                VALUES (:role, :location, :barber, :zone, :language, :active) RETURNING id
                """,
                values)
            .query(Long.class)
            .single();
    int made =
        database
            .sql(
                """
                INSERT INTO user_identities (user_id, name, email, phone, password_hash)
                VALUES (:id, :name, :email, :phone, :hash)
                ON CONFLICT (lower(email)) DO NOTHING
                """)
            .param("id", id)
            .param("name", values.name())
            .param("email", email)
            .param("phone", values.phone())
            .param("hash", passwordHash)
            .update();
    if (made == 0) {
      database.sql("DELETE FROM users WHERE id = ?").param(id).update();
      return Optional.empty();
    }
    changes.created(NAME, image(id, ""));
    return find(id);
  }

  /** Keeps others from changing the user until the transaction ends. */
  Optional<UserRow> lock(long id) {
    database.sql("SELECT id FROM users WHERE id = ? FOR UPDATE").param(id).query(Long.class).list();
    return find(id);
  }

  /** Writes all values of a user who is {@linkplain #lock locked}. */
  UserRow update(long id, Values values, RowChanges changes) {
    return changing(
        id,
        changes,
        () -> {
          values(
                  """
                  UPDATE users SET role = :role, location_id = :location, barber_id = :barber,
                    time_zone = :zone, language = :language, active = :active,
                    version = version + 1
                  WHERE id = :id
                  """,
                  values)
              .param("id", id)
              .update();
          database
              .sql("UPDATE user_identities SET name = :name, phone = :phone WHERE user_id = :id")
              .param("name", values.name())
              .param("phone", values.phone())
              .param("id", id)
              .update();
        });
  }

  /** Gives a user who is {@linkplain #lock locked} another password; her tokens are void then. */
  UserRow setPassword(long id, String hash, RowChanges changes) {
    return changing(
        id,
        changes,
        () ->
            database
                .sql("UPDATE user_identities SET password_hash = ? WHERE user_id = ?")
                .params(hash, id)
                .update());
  }

  /** Binds a user to a subject of the issuer, if she is not bound yet. */
  boolean bind(long id, String subject, RowChanges changes) {
    long version = lock(id).map(UserRow::version).orElse(0L);
    return changing(
                id,
                changes,
                () ->
                    database
                        .sql(
                            """
                            UPDATE user_identities SET external_subject = ?
                            WHERE user_id = ? AND external_subject IS NULL
                            """)
                        .params(subject, id)
                        .update())
            .version()
        > version;
  }

  private UserRow changing(long id, RowChanges changes, Runnable update) {
    String before = image(id, "FOR UPDATE");
    update.run();
    changes.updated(NAME, before, image(id, ""));
    return find(id).orElseThrow();
  }

  private String image(long id, String lock) {
    return database
        .sql("SELECT to_jsonb(u)::text FROM users u WHERE id = ? " + lock)
        .param(id)
        .query(String.class)
        .single();
  }

  private JdbcClient.StatementSpec values(String sql, Values values) {
    return database
        .sql(sql)
        .param("role", values.role().text())
        .param("location", values.locationId())
        .param("barber", values.barberId())
        .param("zone", values.timeZone())
        .param("language", values.language())
        .param("active", values.active());
  }
}
