package dev.freshcut.bookingapi.coherence;

import dev.freshcut.coherentcache.CacheSettings;
import dev.freshcut.coherentcache.model.CacheModel;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How views are cached. The model, the namespace, {@code max-load-time} and {@code watermark-bound}
 * must be what the invalidation worker has.
 *
 * @param model path of a model file; none for the packaged one
 * @param namespace prefix of every Redis key, 1 to 32 lower-case letters, digits or dashes
 * @param redisTimeout budget of one read, lease or fill, 1 ms to 10 s; beyond it the database
 *     answers
 * @param evictTimeout how long a write's answer may wait for its own eviction, 100 ms to 5 min;
 *     beyond it the invalidation worker does it
 * @param maxLoadTime a load that took longer is answered but never stored, 1 s to 10 min
 * @param lease how long one load may keep others of the same key waiting, 100 ms to 1 min
 * @param watermarkBound a watermark older than this makes reads go to the database, 1 s to 1 h;
 *     zero switches the check off
 * @param maxValueBytes values whose JSON is larger are not stored, 1 KiB to 64 MiB
 * @param maxKeyBytes keys that are longer are not stored, 64 to 4096
 * @param anyEvictionPolicy accept a server whose {@code maxmemory-policy} may evict indexes
 */
@ConfigurationProperties("freshcut.cache")
public record CacheProperties(
    @Nullable Path model,
    @DefaultValue("fc") String namespace,
    @DefaultValue("250ms") Duration redisTimeout,
    @DefaultValue("500ms") Duration evictTimeout,
    @DefaultValue("60s") Duration maxLoadTime,
    @DefaultValue("5s") Duration lease,
    @DefaultValue("15s") Duration watermarkBound,
    @DefaultValue("1048576") int maxValueBytes,
    @DefaultValue("1024") int maxKeyBytes,
    @DefaultValue("false") boolean anyEvictionPolicy) {

  private static final String PACKAGED_MODEL = "freshcut/cache-model.yml";

  /**
   * As the cache takes them.
   *
   * @throws IllegalArgumentException naming the setting that is out of bounds
   */
  CacheSettings toSettings() {
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

  /** The model that {@link #model} names. */
  CacheModel loadModel() {
    return model == null ? CacheModel.loadResource(PACKAGED_MODEL) : CacheModel.load(model);
  }
}
