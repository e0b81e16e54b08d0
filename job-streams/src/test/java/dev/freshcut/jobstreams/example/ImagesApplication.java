package dev.freshcut.jobstreams.example;

import dev.freshcut.jobstreams.schedule.Schedule;
import dev.freshcut.jobstreams.spring.JobsController;
import dev.freshcut.jobstreams.spring.RedisJobsConfiguration;
import dev.freshcut.jobstreams.worker.Handlers;
import dev.freshcut.redisaccess.spring.RedisSettings;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

@SpringBootConfiguration
@EnableAutoConfiguration
@EnableConfigurationProperties(RedisSettings.class)
@Import({RedisJobsConfiguration.class, JobsController.class})
class ImagesApplication {
  @Bean(destroyMethod = "shutdown")
  RedissonClient redisson(RedisSettings settings) {
    return Redisson.create(settings.toRedisson());
  }

  @Bean
  Handlers handlers(Resize.Images images) {
    return Resize.handlers(images);
  }

  @Bean
  Schedule tidyUp() {
    return Resize.TidyUp.schedule();
  }
}
