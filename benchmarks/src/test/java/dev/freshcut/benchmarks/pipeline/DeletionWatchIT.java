package dev.freshcut.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.embeddedstack.ServersOptions;
import org.junit.jupiter.api.Test;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;

class DeletionWatchIT {
  private static final String PREFIX = "watched:";

  @Test
  void notesWhenEachExpectedKeyIsGone() throws Exception {
    ServersOptions notifying =
        ServersOptions.defaults().withRedisSetting("notify-keyspace-events", "Eg");
    Config config = new Config();
    try (Servers servers = Servers.create(notifying)) {
      config.setCodec(StringCodec.INSTANCE);
      config.useSingleServer().setAddress(servers.redis().url());
      RedissonClient redisson = Redisson.create(config);
      try (DeletionWatch watch =
          new DeletionWatch(servers.redis().host(), servers.redis().port(), PREFIX)) {
        for (int i = 0; i < 5; i++) {
          redisson.getBucket(PREFIX + "{1}:" + i).set("x");
        }
        redisson.getBucket("other:2").set("x");
        watch.expect(1, 3);
        redisson.getKeys().unlink("other:2", PREFIX + "{1}:0", PREFIX + "{1}:4");
        long before = System.nanoTime();
        redisson.getKeys().unlink(PREFIX + "{1}:1");
        redisson.getKeys().delete(PREFIX + "{1}:3");

        assertThat(watch.await(0)).isPositive();
        redisson.getKeys().unlink(PREFIX + "{1}:2");

        assertThat(watch.await(60)).isZero();
        long after = System.nanoTime();
        assertThat(watch.goneAt(0)).isBetween(before, after);
        assertThat(watch.goneAt(1)).isBetween(watch.goneAt(2), after);
      } finally {
        redisson.shutdown();
      }
    }
  }
}
