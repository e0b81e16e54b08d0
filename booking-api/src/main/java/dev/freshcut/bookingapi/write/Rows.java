package dev.freshcut.bookingapi.write;

import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Writes rows of captured tables and notes them. Tables and columns are the program's own names,
 * never a client's.
 */
@Component
public final class Rows {
  private static final String SCHEMA = "public.";

  private final JdbcClient database;

  Rows(JdbcClient database) {
    this.database = database;
  }

  /** A time of day as {@code HH:mm}, up to 24:00, which {@link java.time.LocalTime} has not. */
  public static PGobject time(String text) {
    try {
      PGobject time = new PGobject();
      time.setType("time");
      time.setValue(text);
      return time;
    } catch (SQLException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /**
   * Inserts a row.
   *
   * @return its {@code id}
   */
  public long insert(
      String table, Map<String, ? extends @Nullable Object> row, RowChanges changes) {
    return insert(table, row, "id", changes);
  }

  /**
   * Inserts a row of a table whose key is another column.
   *
   * @return the key
   */
  public long insert(
      String table, Map<String, ? extends @Nullable Object> row, String key, RowChanges changes) {
    String columns = String.join(", ", row.keySet());
    String values = row.keySet().stream().map(":"::concat).collect(Collectors.joining(", "));
    record Made(long key, String image) {}
    Made made =
        database
            .sql(
                "INSERT INTO %s AS t (%s) VALUES (%s) RETURNING %s AS key, to_jsonb(t)::text AS image"
                    .formatted(table, columns, values, key))
            .params(row)
            .query((result, n) -> new Made(result.getLong("key"), result.getString("image")))
            .single();
    changes.created(SCHEMA + table, made.image());
    return made.key();
  }

  /**
   * Updates one row; none if there is none with this key.
   *
   * @param values by column; what is not in it stays
   */
  public boolean update(
      String table,
      Map<String, ?> key,
      Map<String, ? extends @Nullable Object> values,
      RowChanges changes) {
    Optional<String> before =
        database
            .sql(
                "SELECT to_jsonb(t)::text FROM %s t WHERE %s FOR NO KEY UPDATE"
                    .formatted(table, where(key.keySet())))
            .params(key)
            .query(String.class)
            .optional();
    if (before.isEmpty() || values.isEmpty()) {
      return before.isPresent();
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>(values);
    all.putAll(key);
    String after =
        database
            .sql(
                "UPDATE %s t SET %s WHERE %s RETURNING to_jsonb(t)::text"
                    .formatted(
                        table,
                        values.keySet().stream()
                            .map(column -> column + " = :" + column)
                            .collect(Collectors.joining(", ")),
                        where(key.keySet())))
            .params(all)
            .query(String.class)
            .single();
    changes.updated(SCHEMA + table, before.get(), after);
    return true;
  }

  /** Deletes the rows with this key; how many there were. */
  public int delete(String table, Map<String, ?> key, RowChanges changes) {
    List<String> images =
        database
            .sql(
                "DELETE FROM %s t WHERE %s RETURNING to_jsonb(t)::text"
                    .formatted(table, where(key.keySet())))
            .params(key)
            .query(String.class)
            .list();
    images.forEach(image -> changes.deleted(SCHEMA + table, image));
    return images.size();
  }

  private static String where(Collection<String> columns) {
    return columns.stream()
        .map(column -> column + " = :" + column)
        .collect(Collectors.joining(" AND "));
  }
}
