package dev.freshcut.notificationworker.consuming;

import dev.freshcut.notificationworker.planning.Planner;
import dev.freshcut.notificationworker.reading.ChangeReader;
import dev.freshcut.notificationworker.reading.Tables;
import dev.freshcut.notificationworker.settings.NotificationSettings;
import dev.freshcut.sharedevents.change.ChangeParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** Puts the consumer together; it starts with the application, whether or not Kafka is there. */
@Configuration(proxyBeanMethods = false)
public class ConsumingConfiguration {
  @Bean
  Consumption consumption() {
    return new Consumption();
  }

  @Bean
  DefaultKafkaProducerFactory<byte[], byte[]> deadLetterProducers(NotificationSettings settings) {
    return StreamConsumer.producers(settings.kafka());
  }

  @Bean
  ConcurrentMessageListenerContainer<byte[], byte[]> changes(
      NotificationSettings settings,
      Planner planner,
      Consumption consumption,
      ConsumptionListener listener,
      DefaultKafkaProducerFactory<byte[], byte[]> producers) {
    Map<String, String> tables =
        Tables.COLUMNS.keySet().stream()
            .collect(
                Collectors.toMap(
                    table -> settings.topics().prefix() + "." + table, Function.identity()));
    String control = settings.topics().controlTopic();
    ChangeParser parser =
        new ChangeParser(
            settings.record().maxBytes(), settings.record().maxDepth(), Tables.COLUMNS);
    DeadLetters deadLetters =
        new DeadLetters(
            new KafkaTemplate<>(producers),
            StreamConsumer.admin(settings.kafka()),
            settings.topics().deadLetterTopic(),
            settings.kafka().requestTimeout());
    List<String> topics = new ArrayList<>(tables.keySet());
    topics.add(control);
    return StreamConsumer.of(
        settings.kafka(),
        settings.retry(),
        topics,
        new Batch(
            new ChangeReader(tables, control, parser),
            planner::work,
            deadLetters::send,
            consumption,
            listener),
        new Leaving(consumption));
  }
}
