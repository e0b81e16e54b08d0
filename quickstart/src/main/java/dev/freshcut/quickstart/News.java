package dev.freshcut.quickstart;

import dev.freshcut.sharedevents.NotificationTables;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the notification worker begins to read. Of all that the demo data has, nobody is told that
 * it has been booked; but as it still reads of the gap that every new change stream begins with, it
 * plans the reminders.
 */
final class News {
  /** The notification worker's. */
  static final String GROUP = "freshcut-notifications";

  private static final String PREFIX = "freshcut.";

  private News() {}

  /** Takes all row changes that are in Kafka for told; the worker must not be running. */
  static void beginNow(String bootstrapServers) throws InterruptedException, ExecutionException {
    Properties properties = new Properties();
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "quickstart");
    try (Admin admin = Admin.create(properties)) {
      Set<String> topics = admin.listTopics().names().get();
      Map<TopicPartition, OffsetSpec> ends =
          admin
              .describeTopics(
                  NotificationTables.ALL.stream()
                      .map(table -> PREFIX + table)
                      .filter(topics::contains)
                      .toList())
              .allTopicNames()
              .get()
              .values()
              .stream()
              .flatMap(
                  topic ->
                      topic.partitions().stream()
                          .map(it -> new TopicPartition(topic.name(), it.partition())))
              .collect(Collectors.toMap(it -> it, it -> OffsetSpec.latest()));
      Map<TopicPartition, OffsetAndMetadata> told =
          admin.listOffsets(ends).all().get().entrySet().stream()
              .collect(
                  Collectors.toMap(
                      Map.Entry::getKey, it -> new OffsetAndMetadata(it.getValue().offset())));
      admin.alterConsumerGroupOffsets(GROUP, told).all().get();
    }
  }
}
