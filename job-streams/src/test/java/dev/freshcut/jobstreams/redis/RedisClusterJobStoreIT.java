package dev.freshcut.jobstreams.redis;

import org.redisson.config.Config;

/** The same over a Redis Cluster. */
class RedisClusterJobStoreIT extends RedisJobStoreIT {
  @Override
  Config config() {
    return RedisBench.cluster();
  }
}
