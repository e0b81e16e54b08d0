package dev.freshcut.invalidationworker.consuming;

import dev.freshcut.coherentcache.Watermark;
import org.jspecify.annotations.Nullable;

/** Is told what the consumers do. Called on their threads: must be quick and must not throw. */
public interface WorkerListener {
  /**
   * Records were worked on, and their evictions are in Redis.
   *
   * @param table schema.table; null for those of which the model does not speak
   * @param outcome a lower-case word from a small set
   */
  default void worked(@Nullable String table, String outcome, int records) {}

  /** A change's evictions were applied so long after its commit, by the database's clock. */
  default void lag(long millis) {}

  /** Evictions were applied. */
  default void evicted(int evictions, long entries) {}

  /** A record was dead-lettered. */
  default void deadLettered(String kind) {}

  /** Consumers went back to the positions that Redis holds. */
  default void rewound() {}

  /** Everything was evicted, because changes were lost. */
  default void gap(String cause) {}

  /** The watermark was moved. */
  default void watermark(Watermark watermark) {}
}
