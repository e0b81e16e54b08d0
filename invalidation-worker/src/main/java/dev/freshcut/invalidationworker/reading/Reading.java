package dev.freshcut.invalidationworker.reading;

import dev.freshcut.coherentcache.model.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What one record means. */
public sealed interface Reading {
  /**
   * A row change.
   *
   * @param table schema.table
   * @param patterns what it evicts; empty if it touches nothing that is cached
   * @param xid the transaction
   * @param commitMillis commit time by the database's clock, milliseconds since the epoch
   */
  record Change(String table, List<Pattern> patterns, long xid, long commitMillis)
      implements Reading {}

  /**
   * Nothing to do.
   *
   * @param table schema.table; null if the model does not speak of it
   */
  record Ignored(@Nullable String table, Why why) implements Reading {
    /** The reasons. */
    public enum Why {
      /** No rule names the table. */
      NO_RULES,
      /** A marker for Kafka's log compaction. */
      TOMBSTONE,
      /** A row read by a snapshot: nothing changed. */
      SNAPSHOT,
      /** A control message of a type that means nothing to the cache. */
      OTHER_CONTROL
    }
  }

  /**
   * The stream's heartbeat: what it says holds for all records before it.
   *
   * @param beatAt by the database's clock
   * @param xid of the heartbeat's own transaction
   * @param horizon {@code pg_snapshot_xmin} then
   */
  record Heartbeat(Instant beatAt, long xid, long horizon) implements Reading {}

  /** The stream has a hole up to this transaction. */
  record StreamGap(long xid, String reason) implements Reading {}

  /**
   * A record that cannot be worked on.
   *
   * @param table schema.table; null if it is not on the topic of a table that the model speaks of
   * @param kind an upper-case word, from a small set
   * @param reason for people, without the row's values
   * @param cause the exception behind it, if any
   * @param reach what it may have changed
   * @param xid the transaction, if the record has one
   */
  record Poison(
      @Nullable String table,
      String kind,
      String reason,
      @Nullable Throwable cause,
      Reach reach,
      OptionalLong xid)
      implements Reading {}

  /** What a record that can't be understood may have changed. */
  sealed interface Reach {
    /** These patterns; maybe none. */
    record Patterns(List<Pattern> patterns) implements Reach {}

    /** Anything at all. */
    record Everything() implements Reach {}
  }
}
