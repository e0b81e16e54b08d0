package dev.freshcut.cdcconnector.lifecycle;

import dev.freshcut.cdcconnector.kafka.ControlChannel;
import dev.freshcut.cdcconnector.kafka.KafkaClients;
import dev.freshcut.cdcconnector.kafka.PositionStore;
import dev.freshcut.cdcconnector.kafka.Topics;
import dev.freshcut.cdcconnector.settings.ConnectorSettings;
import dev.freshcut.cdcconnector.stream.Progress;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the connector together. */
@Configuration(proxyBeanMethods = false)
public class LifecycleConfiguration {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  Progress progress(Clock clock) {
    return new Progress(clock);
  }

  @Bean
  ConnectorStatus connectorStatus() {
    return new ConnectorStatus();
  }

  @Bean
  ConnectorLoop connectorLoop(
      ConnectorSettings settings, Progress progress, ConnectorStatus status) {
    KafkaClients clients = new KafkaClients(settings.kafka());
    ResumePoint resumePoint =
        new ResumePoint(
            settings.database().slot(),
            new PositionStore(settings, clients),
            new ControlChannel(clients, settings.topics().controlTopic()),
            status);
    Attempt attempt =
        new Attempt(
            settings, clients, new Topics(settings, clients), resumePoint, progress, status);
    return new ConnectorLoop(attempt::run, settings.retry(), progress, status);
  }

  @Bean
  ConnectorHealthIndicator connectorHealthIndicator(
      ConnectorStatus status, Progress progress, Clock clock, ConnectorSettings settings) {
    return new ConnectorHealthIndicator(
        status, progress, clock, settings.stream().heartbeatInterval());
  }

  @Bean
  ConnectorMetrics connectorMetrics(ConnectorStatus status, Progress progress, Clock clock) {
    return new ConnectorMetrics(status, progress, clock);
  }
}
