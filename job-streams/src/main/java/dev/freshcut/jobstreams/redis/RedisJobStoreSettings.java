package dev.freshcut.jobstreams.redis;

import dev.freshcut.jobstreams.Names;
import java.time.Duration;

/**
 * How the job store uses Redis.
 *
 * @param namespace what its keys begin with, as {@code jobs:{queue}:…}
 * @param timeout how long a call may take before the store counts as unavailable, 10 ms to 1 minute
 * @param anyEvictionPolicy whether to start also where Redis may evict jobs when its memory is full
 */
public record RedisJobStoreSettings(String namespace, Duration timeout, boolean anyEvictionPolicy) {
  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException with the reason
   */
  public RedisJobStoreSettings {
    Names.check("namespace", namespace);
    if (timeout.toMillis() < 10 || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException(
          "redis-timeout is " + timeout + ": set it to something from 10 ms to 1 minute");
    }
  }

  /** Keys under {@code jobs:}, calls of at most 3 seconds, jobs that nothing evicts. */
  public static RedisJobStoreSettings defaults() {
    return new RedisJobStoreSettings("jobs", Duration.ofSeconds(3), false);
  }
}
