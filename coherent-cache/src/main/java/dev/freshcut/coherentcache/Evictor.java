package dev.freshcut.coherentcache;

import java.util.Collection;

/**
 * Evicts entries from Redis.
 *
 * <p>Evictions commute and are idempotent: they may be repeated, reordered and replayed.
 */
public interface Evictor {
  /**
   * Applies evictions, coalesced to the highest transaction per pattern and pipelined, and after
   * them, once Redis has confirmed every one, records the progress.
   *
   * @return the number of entries removed
   * @throws CacheUnavailableException if Redis did not confirm all of it in time; some of the
   *     evictions may have been applied, the progress is recorded only if all of them were
   * @throws ProgressConflictException if Redis is not where the progress expects it to be; nothing
   *     is recorded
   */
  long evict(Collection<Eviction> evictions, Progress progress);

  /** {@link #evict(Collection, Progress)} without progress. */
  default long evict(Collection<Eviction> evictions) {
    return evict(evictions, Progress.NONE);
  }

  /**
   * Evicts every entry of every family, in every scope, that does not contain the transaction, and
   * tells readers so.
   *
   * @return the number of entries removed
   * @throws CacheUnavailableException if Redis did not confirm all of it in time
   */
  long evictEverything(long xid);
}
