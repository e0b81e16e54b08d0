package dev.freshcut.coherentcache;

import org.redisson.config.Config;

/** The same over a Redis Cluster. */
class RedisClusterSeveralKeysIT extends SeveralKeysIT {
  @Override
  Config redis() {
    return CacheFixture.cluster();
  }
}
