package dev.freshcut.jobstreams.spring;

import dev.freshcut.jobstreams.redis.RedisJobStore;
import dev.freshcut.jobstreams.store.JobStore;
import org.redisson.api.RedissonClient;
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
}
