package dev.freshcut.redisaccess;

import java.util.Collection;
import java.util.List;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodeAsync;
import org.redisson.api.redisnode.RedisNodes;

/** The check that Redis evicts no key without a TTL when it runs out of memory. */
public final class MemoryPolicy {
  private static final String FIELD = "maxmemory_policy";

  private MemoryPolicy() {}

  /**
   * Looks at every server that keys may be on. Throws the calls' exception if one does not answer
   * in time.
   *
   * @param loss what such an eviction may do, as in "may evict <i>waiting work</i>"
   * @param setting what accepts the risk, as in {@code any-eviction-policy=true}
   * @throws IllegalStateException if the policy of one is among {@code allkeys-*}
   */
  public static void check(RedisCalls redis, String loss, String setting) {
    for (RedisNodeAsync server : servers(redis)) {
      String policy =
          redis.within("INFO", () -> server.infoAsync(InfoSection.MEMORY)).getOrDefault(FIELD, "");
      if (policy.startsWith("allkeys-")) {
        throw new IllegalStateException(
            "Redis has maxmemory-policy "
                + policy
                + ", which may evict "
                + loss
                + "; set it to volatile-lru (or another volatile-*, or noeviction), or accept"
                + " the risk with "
                + setting);
      }
    }
  }

  private static Collection<? extends RedisNodeAsync> servers(RedisCalls redis) {
    RedissonClient redisson = redis.redisson();
    try {
      return redisson.getConfig().isClusterConfig()
          ? redisson.getRedisNodes(RedisNodes.CLUSTER).getMasters()
          : List.of(redisson.getRedisNodes(RedisNodes.SINGLE).getInstance());
    } catch (RuntimeException e) {
      throw redis.unavailable("connecting", e);
    }
  }
}
