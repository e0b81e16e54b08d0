package dev.freshcut.sharedevents.change;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One committed row change, or one committed TRUNCATE of a table.
 *
 * @param table schema-qualified table name, such as {@code public.appointments}
 * @param operation what happened to the row
 * @param before the row before the change; null for creates, reads and truncates
 * @param after the row after the change; null for deletes and truncates
 * @param transactionId the low 32 bits of the Postgres transaction id, unsigned, or {@link
 *     #UNKNOWN_TRANSACTION}; the widened id is in the record header {@link ChangeHeaders#XID}
 * @param commitMillis commit time by the database's clock, milliseconds since the epoch
 */
public record RowChange(
    String table,
    Operation operation,
    @Nullable Map<String, @Nullable Object> before,
    @Nullable Map<String, @Nullable Object> after,
    long transactionId,
    long commitMillis) {

  /** The {@link #transactionId} of a change whose envelope does not say. */
  public static final long UNKNOWN_TRANSACTION = -1;

  /** What happened, with Debezium's one-letter code. */
  public enum Operation {
    CREATE("c"),
    READ("r"),
    UPDATE("u"),
    DELETE("d"),
    TRUNCATE("t");

    private final String code;

    Operation(String code) {
      this.code = code;
    }

    /** Debezium's {@code op} value. */
    public String code() {
      return code;
    }
  }
}
