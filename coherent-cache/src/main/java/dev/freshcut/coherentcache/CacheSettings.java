package dev.freshcut.coherentcache;

import java.time.Duration;

/**
 * How the cache behaves; immutable.
 *
 * @param namespace prefix of every Redis key, 1 to 32 letters, digits or dashes
 * @param redisTimeout budget of one read, lease or fill, 1 ms to 10 s; beyond it the loader answers
 * @param evictTimeout budget of one pipeline of evictions, 100 ms to 5 min
 * @param maxLoadTime a load that took longer is returned but never stored, 1 s to 10 min
 * @param lease how long one process may keep others from loading the same key, 100 ms to 1 min
 * @param watermarkBound a watermark older than this makes readers bypass the cache, 1 s to 1 h;
 *     zero switches the check off
 * @param maxValueBytes values whose encoded form is larger are not stored, 1 KiB to 64 MiB
 * @param maxKeyBytes keys that are longer are not stored, 64 to 4096
 */
public record CacheSettings(
    String namespace,
    Duration redisTimeout,
    Duration evictTimeout,
    Duration maxLoadTime,
    Duration lease,
    Duration watermarkBound,
    int maxValueBytes,
    int maxKeyBytes) {

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
        1024);
  }
}
