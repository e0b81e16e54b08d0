package dev.freshcut.coherentcache;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Runs loaders against the database so that their result is stamped with the snapshot it was made
 * from.
 *
 * <p>An implementation opens a read-only transaction of its own, reads {@code
 * pg_current_snapshot()} on that connection before anything else, and only then runs the loader on
 * it.
 */
public interface SnapshotSource {
  /** Runs the loader; its exceptions and the database's are passed on. */
  <T extends @Nullable Object> Loaded<T> load(Callable<T> loader) throws Exception;

  /**
   * Whether the caller is inside a transaction that may write. Such a caller may see its own
   * uncommitted changes, so nothing that it loads is stored and nothing is read for it from the
   * cache.
   */
  boolean insideReadWriteTransaction();

  /**
   * A loaded value and its snapshot.
   *
   * @param value what the loader returned
   * @param snapshot read before the loader ran
   */
  record Loaded<T extends @Nullable Object>(T value, Snapshot snapshot) {}
}
