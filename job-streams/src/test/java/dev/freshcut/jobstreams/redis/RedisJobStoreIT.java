package dev.freshcut.jobstreams.redis;

import dev.freshcut.jobstreams.store.Bench;
import dev.freshcut.jobstreams.store.JobStoreContract;
import org.junit.jupiter.api.AfterEach;

class RedisJobStoreIT implements JobStoreContract {
  private final RedisBench redis = new RedisBench(RedisBench.singleServer());

  @Override
  public Bench bench() {
    return redis.bench;
  }

  @AfterEach
  void close() {
    redis.close();
  }
}
