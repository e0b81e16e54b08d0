package dev.freshcut.benchmarks.cache;

import dev.freshcut.embeddedstack.RedisServer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;

/** Versions of Redis and its client. */
public final class Versions {
  private Versions() {}

  /** Of this server, and of the client on the class path. */
  public static Map<String, String> ofRedis(RedisServer server) {
    RedissonClient client = CacheUnderTest.connect(server, 0);
    try {
      Map<String, String> versions = new LinkedHashMap<>();
      versions.put(
          "Redis",
          client
              .getRedisNodes(RedisNodes.SINGLE)
              .getInstance()
              .info(InfoSection.SERVER)
              .getOrDefault("redis_version", "unknown"));
      versions.put(
          "Redisson", String.valueOf(Redisson.class.getPackage().getImplementationVersion()));
      return versions;
    } finally {
      client.shutdown();
    }
  }
}
