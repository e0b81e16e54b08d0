package dev.freshcut.invalidationworker;

import dev.freshcut.coherentcache.spring.CacheProperties;
import dev.freshcut.invalidationworker.operations.WorkerConfiguration;
import dev.freshcut.invalidationworker.settings.WorkerSettings;
import dev.freshcut.redisaccess.spring.RedisSettings;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The invalidation worker as a service; its settings are in {@code invalidation-worker.yml}. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties({WorkerSettings.class, CacheProperties.class, RedisSettings.class})
@Import(WorkerConfiguration.class)
public class InvalidationWorkerApplication {
  /** Runs until the process is asked to end. */
  public static void main(String[] args) {
    builder().run(args);
  }

  /**
   * Starts the service in this JVM; it connects and works in the background. Closing the context
   * stops it.
   *
   * @param settings win over every other source
   */
  public static ConfigurableApplicationContext start(Map<String, Object> settings) {
    return builder()
        .run(
            settings.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new));
  }

  /** Applications that share a JVM are kept apart by the name of their configuration. */
  private static SpringApplicationBuilder builder() {
    return new SpringApplicationBuilder(InvalidationWorkerApplication.class)
        .properties("spring.config.name=invalidation-worker");
  }
}
