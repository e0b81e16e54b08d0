package dev.freshcut.coherentcache;

import org.redisson.config.Config;

/** The same over a Redis Cluster. */
class RedisClusterCacheIT extends RedisCacheIT {
  @Override
  Config redis() {
    return CacheFixture.cluster();
  }
}
