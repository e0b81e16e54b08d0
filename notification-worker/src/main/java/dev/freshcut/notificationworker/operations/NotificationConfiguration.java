package dev.freshcut.notificationworker.operations;

import dev.freshcut.notificationworker.consuming.Consumption;
import dev.freshcut.notificationworker.settings.NotificationSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** What all parts share, and what operators see. */
@Configuration(proxyBeanMethods = false)
public class NotificationConfiguration {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  NotificationMetrics notificationMetrics(MeterRegistry registry, Clock clock) {
    return new NotificationMetrics(registry, clock);
  }

  /** Actuator's {@code changes}: it leaves the end of the name out. */
  @Bean
  HealthIndicator changesHealthIndicator(
      Consumption consumption,
      ConcurrentMessageListenerContainer<byte[], byte[]> changes,
      NotificationSettings settings) {
    return new ConsumptionHealth(consumption, changes, settings.kafka().downAfter());
  }
}
