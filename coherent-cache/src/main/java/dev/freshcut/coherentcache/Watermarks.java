package dev.freshcut.coherentcache;

import java.util.Optional;

/** Reads the watermark that {@link Evictor#evict(java.util.Collection, Progress)} has recorded. */
public interface Watermarks {
  /**
   * The stored watermark, if any.
   *
   * @throws CacheUnavailableException if Redis did not answer in time
   */
  Optional<Watermark> read();
}
