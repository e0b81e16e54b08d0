package dev.freshcut.coherentcache.spring;

import dev.freshcut.coherentcache.CacheSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@link CacheSettings} as Spring Boot binds them. All processes that share a Redis must agree on
 * namespace, {@code max-load-time} and {@code watermark-bound}; the rest is each one's own.
 *
 * @param namespace see {@link CacheSettings#namespace}
 * @param redisTimeout see {@link CacheSettings#redisTimeout}
 * @param evictTimeout see {@link CacheSettings#evictTimeout}
 * @param maxLoadTime see {@link CacheSettings#maxLoadTime}
 * @param lease see {@link CacheSettings#lease}
 * @param watermarkBound see {@link CacheSettings#watermarkBound}
 * @param maxValueBytes see {@link CacheSettings#maxValueBytes}
 * @param maxKeyBytes see {@link CacheSettings#maxKeyBytes}
 * @param anyEvictionPolicy see {@link CacheSettings#anyEvictionPolicy}
 */
@ConfigurationProperties("freshcut.cache")
public record CacheProperties(
    @DefaultValue("fc") String namespace,
    @DefaultValue("250ms") Duration redisTimeout,
    @DefaultValue("10s") Duration evictTimeout,
    @DefaultValue("60s") Duration maxLoadTime,
    @DefaultValue("5s") Duration lease,
    @DefaultValue("15s") Duration watermarkBound,
    @DefaultValue("1048576") int maxValueBytes,
    @DefaultValue("1024") int maxKeyBytes,
    @DefaultValue("false") boolean anyEvictionPolicy) {

  /**
   * As the cache takes them.
   *
   * @throws IllegalArgumentException naming the setting that is out of bounds
   */
  public CacheSettings toSettings() {
    try {
      return new CacheSettings(
          namespace,
          redisTimeout,
          evictTimeout,
          maxLoadTime,
          lease,
          watermarkBound,
          maxValueBytes,
          maxKeyBytes,
          anyEvictionPolicy);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("freshcut.cache." + e.getMessage(), e);
    }
  }
}
