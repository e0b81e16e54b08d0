package dev.freshcut.cdcconnector.kafka;

import dev.freshcut.cdcconnector.settings.ConnectorSettings;
import dev.freshcut.cdcconnector.settings.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing; existing ones stay as they are. */
public final class Topics {
  private static final Logger log = LoggerFactory.getLogger(Topics.class);
  private static final int TIMEOUT_MILLIS = 30_000;

  private final ConnectorSettings settings;
  private final KafkaClients clients;

  /** For these settings. */
  public Topics(ConnectorSettings settings, KafkaClients clients) {
    this.settings = settings;
    this.clients = clients;
  }

  /**
   * Creates what is missing and waits for it.
   *
   * @throws ExecutionException if a broker refuses
   * @throws TimeoutException if no broker answers within 30 s
   * @throws InterruptedException if interrupted meanwhile
   */
  public void createMissing() throws ExecutionException, InterruptedException, TimeoutException {
    try (Admin admin = clients.admin()) {
      Set<String> existing = await(admin.listTopics().names());
      List<NewTopic> missing = new ArrayList<>(wanted());
      missing.removeIf(topic -> existing.contains(topic.name()));
      if (missing.isEmpty()) {
        return;
      }
      var created =
          admin.createTopics(missing, new CreateTopicsOptions().timeoutMs(TIMEOUT_MILLIS));
      for (KafkaFuture<Void> topic : created.values().values()) {
        try {
          var unused = await(topic);
        } catch (ExecutionException e) {
          // Another instance was quicker.
          if (!(e.getCause() instanceof TopicExistsException)) {
            throw e;
          }
        }
      }
      log.info("Created topics {}", missing.stream().map(NewTopic::name).sorted().toList());
    }
  }

  private <T> T await(KafkaFuture<T> answer)
      throws ExecutionException, InterruptedException, TimeoutException {
    try {
      return answer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TimeoutException(
          "Kafka at %s did not answer within %d ms"
              .formatted(settings.kafka().bootstrapServers(), TIMEOUT_MILLIS));
    }
  }

  private List<NewTopic> wanted() {
    TopicSettings shape = settings.topics();
    Map<String, String> kept =
        Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG,
            String.valueOf(shape.retention().toMillis()));
    List<NewTopic> topics = new ArrayList<>();
    for (String table : new HashSet<>(settings.tables())) {
      topics.add(topic(settings.topicOf(table), shape.partitions(), kept));
    }
    topics.add(topic(settings.topicOf(settings.database().heartbeatTable()), 1, kept));
    topics.add(topic(shape.controlTopic(), 1, kept));
    topics.add(topic(shape.offsetsTopic(), 1, offsets()));
    return topics;
  }

  /** A position is written twice a second, and all of them are read at every start. */
  private static Map<String, String> offsets() {
    String tenMinutes = String.valueOf(Duration.ofMinutes(10).toMillis());
    return Map.of(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        TopicConfig.CLEANUP_POLICY_COMPACT,
        TopicConfig.SEGMENT_MS_CONFIG,
        tenMinutes,
        TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
        tenMinutes,
        TopicConfig.DELETE_RETENTION_MS_CONFIG,
        tenMinutes);
  }

  private NewTopic topic(String name, int partitions, Map<String, String> config) {
    short replicas = settings.topics().replicationFactor();
    return new NewTopic(
            name,
            Optional.of(partitions),
            replicas == -1 ? Optional.empty() : Optional.of(replicas))
        .configs(config);
  }
}
