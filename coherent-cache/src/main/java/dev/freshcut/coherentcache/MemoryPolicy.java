package dev.freshcut.coherentcache;

import java.util.Collection;
import java.util.List;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodeAsync;
import org.redisson.api.redisnode.RedisNodes;

/**
 * The check that the server evicts no key without a TTL when it runs out of memory. Indexes have
 * none; losing one would leave entries that no eviction reaches.
 */
final class MemoryPolicy {
  private static final String FIELD = "maxmemory_policy";

  private MemoryPolicy() {}

  /**
   * Looks at every server that indexes may be on.
   *
   * @throws IllegalStateException if the policy of one is among {@code allkeys-*}
   * @throws CacheUnavailableException if one did not answer in time
   */
  static void check(RedisCalls redis) {
    for (RedisNodeAsync server : servers(redis.redisson())) {
      String policy =
          redis.within("INFO", () -> server.infoAsync(InfoSection.MEMORY)).getOrDefault(FIELD, "");
      if (policy.startsWith("allkeys-")) {
        throw new IllegalStateException(
            "Redis has maxmemory-policy "
                + policy
                + ", which may evict the cache's indexes and so leave stale entries behind;"
                + " set it to volatile-lru (or another volatile-*, or noeviction), or accept"
                + " the risk with any-eviction-policy=true");
      }
    }
  }

  private static Collection<? extends RedisNodeAsync> servers(RedissonClient redisson) {
    try {
      return redisson.getConfig().isClusterConfig()
          ? redisson.getRedisNodes(RedisNodes.CLUSTER).getMasters()
          : List.of(redisson.getRedisNodes(RedisNodes.SINGLE).getInstance());
    } catch (RuntimeException e) {
      throw new CacheUnavailableException("connecting: " + e.getMessage(), e);
    }
  }
}
