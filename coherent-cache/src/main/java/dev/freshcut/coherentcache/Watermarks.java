package dev.freshcut.coherentcache;

import java.util.Optional;

/** The watermark in Redis, written by the invalidation worker and read by every reader. */
public interface Watermarks {
  /**
   * Stores the watermark.
   *
   * @throws CacheUnavailableException if Redis did not confirm in time
   */
  void write(Watermark watermark);

  /**
   * The stored watermark, if any.
   *
   * @throws CacheUnavailableException if Redis did not answer in time
   */
  Optional<Watermark> read();
}
