package dev.freshcut.coherentcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.embeddedstack.RedisCluster;
import dev.freshcut.embeddedstack.RedisServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.config.Config;

/** A server that may evict indexes is refused, whichever it is. */
class MemoryPolicyIT {
  private static final String POLICY = "CONFIG SET maxmemory-policy ";

  @Test
  void ofASingleServer() {
    isRefused(CacheFixture.redis(), CacheFixture.singleServer());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void ofOneOfACluster(int master) {
    RedisCluster cluster = RedisCluster.shared();
    isRefused(cluster.masters().get(master), CacheFixture.cluster());
  }

  @Test
  void aClusterHasItsScopesOnEveryMaster() {
    RedisCluster cluster = RedisCluster.shared();
    try (CacheFixture cache = new CacheFixture(CacheFixture.cluster())) {
      for (int shop = 0; shop < 50; shop++) {
        cache.put(cache.key(shop, "2026-11-20", "a"), 10);
      }

      assertThat(cluster.masters())
          .extracting(master -> master.command("DBSIZE"))
          .doesNotContain("0");
    }
  }

  private static void isRefused(RedisServer server, Config config) {
    server.command(POLICY + "allkeys-lru");
    try {
      assertThatThrownBy(() -> new CacheFixture(config))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("allkeys-lru")
          .hasMessageContaining("volatile-lru");
    } finally {
      server.command(POLICY + "volatile-lru");
    }
    new CacheFixture(config).close();
  }
}
