package dev.freshcut.bookingapi.coherence;

import dev.freshcut.coherentcache.model.CacheModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * At start: the tables and columns that the cache model names exist in the database, and the change
 * stream carries them whole. Otherwise a rule would silently evict nothing.
 */
@Component
@DependsOnDatabaseInitialization
final class CapturedTablesCheck {
  CapturedTablesCheck(CacheModel model, JdbcClient database) {
    List<String> problems = new ArrayList<>();
    model.tables().forEach((table, columns) -> check(table, columns, database, problems));
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "The cache model does not fit the database:\n  " + String.join("\n  ", problems));
    }
  }

  private static void check(
      String table, Set<String> columns, JdbcClient database, List<String> problems) {
    Set<String> existing = columns(table, database);
    if (existing.isEmpty()) {
      problems.add(
          "table %s does not exist: correct its name in the model, or add a migration"
              .formatted(table));
      return;
    }
    Set<String> missing = new TreeSet<>(columns);
    missing.removeAll(existing);
    for (String column : missing) {
      problems.add(
          "table %s has no column %s (it has %s): correct the model, or add a migration"
              .formatted(table, column, existing));
    }
    if (!captured(table, database)) {
      problems.add(
          "table %s is not captured, so nothing that depends on it would ever be evicted: run"
                  .formatted(table)
              + " SELECT capture_changes('%s') in a migration".formatted(table));
    }
  }

  private static Set<String> columns(String table, JdbcClient database) {
    return new TreeSet<>(
        database
            .sql(
                """
                SELECT attname FROM pg_attribute
                WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
                """)
            .param(table)
            .query(String.class)
            .list());
  }

  private static boolean captured(String table, JdbcClient database) {
    return database
        .sql(
            """
            SELECT relreplident = 'f' AND EXISTS (
              SELECT FROM pg_publication p LEFT JOIN pg_publication_rel r ON r.prpubid = p.oid
              WHERE p.pubname = 'freshcut' AND (p.puballtables OR r.prrelid = c.oid))
            FROM pg_class c WHERE c.oid = to_regclass(?)
            """)
        .param(table)
        .query(Boolean.class)
        .single();
  }
}
