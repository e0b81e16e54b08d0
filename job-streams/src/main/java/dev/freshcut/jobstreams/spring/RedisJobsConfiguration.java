package dev.freshcut.jobstreams.spring;

import dev.freshcut.jobstreams.redis.RedisJobStore;
import dev.freshcut.jobstreams.store.JobStore;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@link JobsConfiguration} with jobs in Redis, through the application's {@link RedissonClient}. A
 * worker that waits keeps a connection, so the client needs as many as there are queues, and two
 * more.
 */
@Configuration(proxyBeanMethods = false)
@Import(JobsConfiguration.class)
public class RedisJobsConfiguration {
  @Bean
  JobStore jobStore(RedissonClient redisson, JobsProperties properties) {
    return new RedisJobStore(redisson, properties.redis());
  }

  /** Found out at the start: with too few, waiting workers keep heartbeats from Redis. */
  @Bean
  SmartInitializingSingleton enoughConnections(RedissonClient redisson, JobQueues queues) {
    return () -> {
      int there = connections(redisson.getConfig());
      int needed = queues.names().size() + 2;
      if (there < needed) {
        throw new IllegalStateException(
            "%d job queues need %d connections to Redis and the client has %d: set"
                    .formatted(queues.names().size(), needed, there)
                + " freshcut.redis.connections, or its connection pool's size");
      }
    };
  }

  /** To one master; as many as one likes where that is not known. */
  private static int connections(Config config) {
    if (config.isSingleConfig()) {
      return config.useSingleServer().getConnectionPoolSize();
    }
    return config.isClusterConfig()
        ? config.useClusterServers().getMasterConnectionPoolSize()
        : Integer.MAX_VALUE;
  }
}
