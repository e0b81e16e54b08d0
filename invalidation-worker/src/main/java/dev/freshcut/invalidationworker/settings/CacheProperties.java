package dev.freshcut.invalidationworker.settings;

import dev.freshcut.coherentcache.CacheSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The part of the cache's settings that matters to evictions. They must be what the readers of the
 * same Redis have.
 *
 * @param namespace prefix of every Redis key, 1 to 32 lower-case letters, digits or dashes
 * @param evictTimeout budget of one pipeline of evictions, 100 ms to 5 min
 * @param maxLoadTime the readers' bound on loads that may be stored, 1 s to 10 min
 * @param watermarkBound a watermark older than this makes readers bypass the cache, 1 s to 1 h;
 *     zero if they do not check it
 * @param anyEvictionPolicy accept a server whose {@code maxmemory-policy} may evict indexes
 */
@ConfigurationProperties("freshcut.cache")
public record CacheProperties(
    @DefaultValue("fc") String namespace,
    @DefaultValue("10s") Duration evictTimeout,
    @DefaultValue("60s") Duration maxLoadTime,
    @DefaultValue("15s") Duration watermarkBound,
    @DefaultValue("false") boolean anyEvictionPolicy) {

  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException naming the setting
   */
  public CacheProperties {
    check(namespace, evictTimeout, maxLoadTime, watermarkBound, anyEvictionPolicy);
  }

  /** As the cache takes them. */
  public CacheSettings toSettings() {
    return check(namespace, evictTimeout, maxLoadTime, watermarkBound, anyEvictionPolicy);
  }

  private static CacheSettings check(
      String namespace,
      Duration evictTimeout,
      Duration maxLoadTime,
      Duration watermarkBound,
      boolean anyEvictionPolicy) {
    CacheSettings defaults = CacheSettings.defaults();
    try {
      return new CacheSettings(
          namespace,
          defaults.redisTimeout(),
          evictTimeout,
          maxLoadTime,
          defaults.lease(),
          watermarkBound,
          defaults.maxValueBytes(),
          defaults.maxKeyBytes(),
          anyEvictionPolicy);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("freshcut.cache." + e.getMessage(), e);
    }
  }
}
