package dev.freshcut.coherentcache;

import java.util.Optional;
import java.util.OptionalLong;

/** Reads the watermark that {@link Evictor#evict(java.util.Collection, Progress)} has recorded. */
public interface Watermarks {
  /**
   * The stored watermark, if any.
   *
   * @throws CacheUnavailableException if Redis did not answer in time
   */
  Optional<Watermark> read();

  /**
   * The highest transaction at which everything was evicted, if that has ever begun. A worker that
   * finds Redis without its positions begins with it.
   *
   * @throws CacheUnavailableException if Redis did not answer in time
   */
  OptionalLong everythingEvictedAt();
}
