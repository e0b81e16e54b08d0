package dev.freshcut.coherentcache.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change to one row, or the truncation of a table, as far as the rules need to know it.
 *
 * <p>Column values are as parsed from JSON: strings, integers, {@link java.math.BigDecimal},
 * booleans or null. Dates are ISO 8601 text (also with {@code Z}, as Debezium's {@code isostring}
 * mode has it) or days since 1970-01-01.
 *
 * @param table schema-qualified table name
 * @param kind what happened
 * @param before the old row image; null when there is none
 * @param after the new row image; null when there is none
 */
public record TableChange(
    String table,
    Kind kind,
    @Nullable Map<String, ? extends @Nullable Object> before,
    @Nullable Map<String, ? extends @Nullable Object> after) {

  /** The operations that a rule can name. */
  public enum Kind {
    CREATE,
    UPDATE,
    DELETE,
    TRUNCATE
  }
}
