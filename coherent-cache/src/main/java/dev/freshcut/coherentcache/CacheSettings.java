package dev.freshcut.coherentcache;

import java.time.Duration;

/**
 * How the cache behaves; immutable.
 *
 * @param namespace prefix of every Redis key, 1 to 32 lower-case letters, digits or dashes
 * @param redisTimeout budget of one read, lease or fill, 1 ms to 10 s; beyond it the loader answers
 * @param evictTimeout budget of one pipeline of evictions, 100 ms to 5 min
 * @param maxLoadTime a load that took longer is returned but never stored, 1 s to 10 min
 * @param lease how long one load may keep others of the same key waiting, 100 ms to 1 min
 * @param watermarkBound a watermark older than this makes readers bypass the cache, 1 s to 1 h;
 *     zero switches the check off
 * @param maxValueBytes values whose JSON is larger are not stored, 1 KiB to 64 MiB
 * @param maxKeyBytes keys that are longer are not stored, 64 to 4096
 * @param anyEvictionPolicy accept a server whose {@code maxmemory-policy} may evict indexes, after
 *     which evictions miss entries; for servers that never reach their memory limit
 */
public record CacheSettings(
    String namespace,
    Duration redisTimeout,
    Duration evictTimeout,
    Duration maxLoadTime,
    Duration lease,
    Duration watermarkBound,
    int maxValueBytes,
    int maxKeyBytes,
    boolean anyEvictionPolicy) {

  public CacheSettings {
    if (!namespace.matches("[a-z0-9-]{1,32}")) {
      throw new IllegalArgumentException(
          "namespace '" + namespace + "' must be 1 to 32 lower-case letters, digits or dashes");
    }
    between("redis-timeout", redisTimeout, Duration.ofMillis(1), Duration.ofSeconds(10));
    between("evict-timeout", evictTimeout, Duration.ofMillis(100), Duration.ofMinutes(5));
    between("max-load-time", maxLoadTime, Duration.ofSeconds(1), Duration.ofMinutes(10));
    between("lease", lease, Duration.ofMillis(100), Duration.ofMinutes(1));
    if (!watermarkBound.isZero()) {
      between("watermark-bound", watermarkBound, Duration.ofSeconds(1), Duration.ofHours(1));
    }
    between("max-value-bytes", maxValueBytes, 1 << 10, 64 << 20);
    between("max-key-bytes", maxKeyBytes, 64, 4096);
  }

  /** The defaults. */
  public static CacheSettings defaults() {
    return new CacheSettings(
        "fc",
        Duration.ofMillis(250),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        1 << 20,
        1024,
        false);
  }

  private static <T extends Comparable<T>> void between(String name, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s is %s, must be within %s and %s".formatted(name, value, least, most));
    }
  }
}
