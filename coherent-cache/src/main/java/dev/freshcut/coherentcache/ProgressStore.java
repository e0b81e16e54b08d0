package dev.freshcut.coherentcache;

import java.util.Map;

/** Reads back what {@link Evictor#evict(java.util.Collection, Progress)} recorded. */
public interface ProgressStore {
  /**
   * All recorded positions; empty if Redis holds none, as after a flush.
   *
   * @throws CacheUnavailableException if Redis did not answer in time
   */
  Map<String, String> positions();
}
