package dev.freshcut.coherentcache;

import org.redisson.config.Config;

/** The same over a Redis Cluster. */
class RedisClusterSweeperIT extends RedisSweeperIT {
  @Override
  Config redis() {
    return CacheFixture.cluster();
  }
}
