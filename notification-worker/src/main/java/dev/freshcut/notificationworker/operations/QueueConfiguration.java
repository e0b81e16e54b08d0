package dev.freshcut.notificationworker.operations;

import dev.freshcut.jobstreams.spring.JobsController;
import dev.freshcut.jobstreams.spring.RedisJobsConfiguration;
import dev.freshcut.redisaccess.spring.RedisSettings;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The queues, their workers and what operators see of them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RedisSettings.class)
@Import({RedisJobsConfiguration.class, JobsController.class})
public class QueueConfiguration {
  @Bean(destroyMethod = "shutdown")
  RedissonClient redisson(RedisSettings settings) {
    return Redisson.create(settings.toRedisson());
  }
}
