package dev.freshcut.coherentcache;

import dev.freshcut.coherentcache.model.Family;
import java.time.Duration;

/** Is told what the cache does. Called on the working thread: must be quick and must not throw. */
public interface CacheListener {
  /** Hears nothing. */
  CacheListener NONE = new CacheListener() {};

  /** A read was answered. */
  default void answered(Family family, Answer.Source source, Duration took) {}

  /** A fill was refused by the protocol. */
  default void fillRefused(Family family, StampedStore.Fill why) {}

  /** A value was loaded and not even offered to Redis. */
  default void notStored(Family family, NotStored reason) {}

  /** Evictions were applied. */
  default void evicted(int patterns, long entries, Duration took) {}

  /** Redis failed, was too slow, or is being left alone by the circuit breaker. */
  default void redisFailed(String operation, Throwable cause) {}

  /** Which limit of the settings a value was beyond. */
  enum NotStored {
    /** {@link CacheSettings#maxKeyBytes}. */
    KEY_TOO_LONG,
    /** {@link CacheSettings#maxLoadTime}. */
    LOAD_TOO_SLOW,
    /** {@link CacheSettings#maxValueBytes}. */
    VALUE_TOO_LARGE
  }
}
