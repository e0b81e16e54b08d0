package dev.freshcut.jobstreams.redis;

import dev.freshcut.jobstreams.store.Bench;
import dev.freshcut.jobstreams.store.JobStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.redisson.config.Config;

class RedisJobStoreIT implements JobStoreContract {
  private final RedisBench redis = new RedisBench(config());

  /** Which Redis; over a cluster the same must hold. */
  Config config() {
    return RedisBench.singleServer();
  }

  @Override
  public Bench bench() {
    return redis.bench;
  }

  @AfterEach
  void close() {
    redis.close();
  }
}
