package dev.freshcut.cdcconnector.kafka;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.partitioningBy;

import dev.freshcut.cdcconnector.postgres.Problem;
import dev.freshcut.cdcconnector.settings.ConnectorSettings;
import dev.freshcut.cdcconnector.settings.TopicSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics that are missing; existing ones stay as they are, and are checked. */
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
   * @return what people have to mend at existing topics, lest records are lost
   * @throws ExecutionException if a broker refuses
   * @throws TimeoutException if no broker answers within 30 s
   * @throws InterruptedException if interrupted meanwhile
   */
  public List<Problem> prepare() throws ExecutionException, InterruptedException, TimeoutException {
    Admin admin = clients.admin();
    try {
      var listed = admin.listTopics(new ListTopicsOptions().timeoutMs(TIMEOUT_MILLIS));
      Set<String> names = await(listed.names());
      Map<Boolean, List<NewTopic>> topics =
          wanted().stream().collect(partitioningBy(topic -> names.contains(topic.name())));
      create(admin, topics.getOrDefault(false, List.of()));
      return check(admin, topics.getOrDefault(true, List.of()));
    } finally {
      // Whoever was interrupted does not wait for the brokers.
      admin.close(Duration.ZERO);
    }
  }

  private void create(Admin admin, List<NewTopic> missing)
      throws ExecutionException, InterruptedException, TimeoutException {
    if (missing.isEmpty()) {
      return;
    }
    var created = admin.createTopics(missing, new CreateTopicsOptions().timeoutMs(TIMEOUT_MILLIS));
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

  private List<Problem> check(Admin admin, List<NewTopic> existing)
      throws ExecutionException, InterruptedException, TimeoutException {
    var described =
        admin.describeConfigs(
            existing.stream().map(Topics::resource).toList(),
            new DescribeConfigsOptions().timeoutMs(TIMEOUT_MILLIS));
    Map<ConfigResource, Config> configs = await(described.all());
    List<Problem> problems = new ArrayList<>();
    for (NewTopic topic : existing) {
      check(problems, topic, requireNonNull(configs.get(resource(topic))));
    }
    return List.copyOf(problems);
  }

  private static ConfigResource resource(NewTopic topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
  }

  private static void check(List<Problem> problems, NewTopic wanted, Config actual) {
    String policy = wanted.configs().get(TopicConfig.CLEANUP_POLICY_CONFIG);
    boolean compacted = TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy);
    String unwanted =
        compacted ? TopicConfig.CLEANUP_POLICY_DELETE : TopicConfig.CLEANUP_POLICY_COMPACT;
    if (actual.get(TopicConfig.CLEANUP_POLICY_CONFIG).value().contains(unwanted)) {
      problems.add(
          problem(
              wanted,
              compacted
                  ? "deletes old records, so that the position would be lost"
                  : "is compacted, so that records would be lost before they are read",
              TopicConfig.CLEANUP_POLICY_CONFIG + "=" + policy));
    }
    String bytes = wanted.configs().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
    if (bytes != null
        && Long.parseLong(actual.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value())
            < Long.parseLong(bytes)) {
      problems.add(
          problem(
              wanted,
              "refuses records that freshcut.connector.kafka.max-record-bytes allows, at which the"
                  + " stream would stop",
              TopicConfig.MAX_MESSAGE_BYTES_CONFIG + "=" + bytes));
    }
  }

  private static Problem problem(NewTopic topic, String reason, String config) {
    return new Problem(
        "topic " + topic.name(),
        reason,
        "kafka-configs --alter --entity-type topics --entity-name %s --add-config %s"
            .formatted(topic.name(), config));
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
    Map<String, String> changes = new HashMap<>(kept);
    changes.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(clients.topicBytes()));
    List<NewTopic> topics = new ArrayList<>();
    for (String table : new HashSet<>(settings.tables())) {
      topics.add(topic(settings.topicOf(table), shape.partitions(), changes));
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
