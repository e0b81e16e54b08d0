package dev.freshcut.jobstreams.spring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.redisaccess.spring.RedisSettings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;

class EnoughConnectionsTest {
  private static final String NODE = "redis://127.0.0.1:1";

  private static void check(int nodes, int connections) {
    RedisSettings settings =
        new RedisSettings(List.of(NODE, NODE).subList(0, nodes), null, null, connections);
    RedissonClient redisson = Redisson.create(settings.toRedisson());
    try {
      new RedisJobsConfiguration()
          .enoughConnections(redisson, new JobQueues(Set.of("one", "two")))
          .afterSingletonsInstantiated();
    } finally {
      redisson.shutdown();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void oneForEachQueueAndTwoMore(int nodes) {
    assertThatCode(() -> check(nodes, 4)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check(nodes, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("2 job queues need 4 connections to Redis and the client has 3");
  }
}
