package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.model.CacheKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Reads values through the cache.
 *
 * <p>Safe for use by any number of threads. Never fails because of Redis: when Redis is slow, away
 * or wrong, the value comes from the loader.
 */
public interface CoherentCache {
  /** How many keys {@link #getAll} takes: Redis stores so many entries in some ten milliseconds. */
  int MOST_KEYS = 250;

  /**
   * The value of a key, from the cache or from the loader.
   *
   * <p>The loader runs in a read-only transaction of its own, opened by the {@link SnapshotSource};
   * it must read everything it returns in there. Readers of one key that come while it is loaded
   * may get the same object, so values must not be changed. A loader that reads through the cache
   * itself gets what it asks for from the database, in the transaction that it is in.
   *
   * @param type of the value, for decoding its JSON
   * @throws CacheLoadException if the loader or the database fails with a checked exception;
   *     unchecked exceptions are passed on as they are
   */
  <T extends @Nullable Object> Answer<T> get(
      CacheKey key, TypeReference<T> type, Consistency consistency, Callable<? extends T> loader);

  /**
   * The values of several keys, as {@link #get} has each of them, asked of Redis in one round trip.
   * Those that it does not have are loaded together, in one transaction; but those that others are
   * loading are waited for.
   *
   * @param keys at most {@value #MOST_KEYS}, of any families
   * @return in the order of the keys; not necessarily all from one snapshot
   * @throws IllegalArgumentException for more keys than that
   * @throws CacheLoadException as {@link #get}
   */
  <T extends @Nullable Object> List<Answer<T>> getAll(
      List<CacheKey> keys, TypeReference<T> type, Consistency consistency, Loader<T> loader);

  /** Loads the values of some of the keys that were asked for. */
  @FunctionalInterface
  interface Loader<T extends @Nullable Object> {
    /**
     * Loads values.
     *
     * @param which the positions of their keys, ascending, at least one
     * @return a value for each, in the same order
     */
    List<? extends T> load(List<Integer> which) throws Exception;
  }

  /** Why reads bypass the cache at present; empty while it is in use. */
  Optional<Answer.Cause> bypassing();
}
