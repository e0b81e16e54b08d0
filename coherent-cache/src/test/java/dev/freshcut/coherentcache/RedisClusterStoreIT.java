package dev.freshcut.coherentcache;

import org.redisson.config.Config;

/** The same over a Redis Cluster. */
class RedisClusterStoreIT extends RedisStoreIT {
  @Override
  Config redis() {
    return CacheFixture.cluster();
  }
}
