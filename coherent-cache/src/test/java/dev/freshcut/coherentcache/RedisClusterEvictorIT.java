package dev.freshcut.coherentcache;

import org.redisson.config.Config;

/** The same over a Redis Cluster. */
class RedisClusterEvictorIT extends RedisEvictorIT {
  @Override
  Config redis() {
    return CacheFixture.cluster();
  }
}
