package dev.freshcut.invalidationworker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.coherentcache.CacheListener;
import dev.freshcut.coherentcache.CacheSettings;
import dev.freshcut.coherentcache.CacheUnavailableException;
import dev.freshcut.coherentcache.RedisCoherence;
import dev.freshcut.coherentcache.StampedStore;
import dev.freshcut.coherentcache.model.CacheKey;
import dev.freshcut.coherentcache.model.CacheModel;
import dev.freshcut.embeddedstack.TestServers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.core.ConditionFactory;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;

/** Workers over a real Kafka and Redis, with topics and a namespace of their own. */
final class WorkerFixture implements AutoCloseable {
  static final TestServers SERVERS = TestServers.shared();
  static final Duration MAX_LOAD_TIME = Duration.ofSeconds(2);

  final String prefix = SERVERS.freshName("w");
  final String namespace = prefix.replace('_', '-');
  final CacheModel model = CacheModel.loadResource("worker-model.yml");
  final Changes changes = new Changes(prefix, SERVERS.kafka().bootstrapServers());
  final Admin admin = Admin.create(Map.of("bootstrap.servers", SERVERS.kafka().bootstrapServers()));
  final RedissonClient redisson;
  final RedisCoherence coherence;
  final StampedStore store;
  private final List<ConfigurableApplicationContext> workers = new ArrayList<>();

  WorkerFixture() {
    this(2);
  }

  WorkerFixture(int partitions) {
    Config config = new Config();
    config.setLazyInitialization(true);
    config.useSingleServer().setAddress(SERVERS.redis().url()).setConnectionMinimumIdleSize(1);
    redisson = Redisson.create(config);
    CacheSettings defaults = CacheSettings.defaults();
    CacheSettings settings =
        new CacheSettings(
            namespace,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            MAX_LOAD_TIME,
            defaults.lease(),
            Duration.ZERO,
            defaults.maxValueBytes(),
            defaults.maxKeyBytes(),
            false);
    coherence =
        new RedisCoherence(redisson, model, settings, CacheListener.NONE, Clock.systemUTC());
    store = coherence.store();
    topics(partitions, "public.items", "public.notes", "public.strangers");
    topics(1, "public.cdc_heartbeat", "control");
  }

  void topics(int partitions, String... names) {
    try {
      admin
          .createTopics(
              List.of(names).stream()
                  .map(name -> new NewTopic(prefix + "." + name, partitions, (short) 1))
                  .toList())
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  ConfigurableApplicationContext start() {
    return start(Map.of());
  }

  /** Starts one more worker, and waits until it evicts. */
  ConfigurableApplicationContext start(Map<String, Object> more) {
    ConfigurableApplicationContext worker = launch(more);
    eventually().untilAsserted(() -> assertThat(state(worker)).isEqualTo("RUNNING"));
    return worker;
  }

  /** Starts one more worker. */
  ConfigurableApplicationContext launch(Map<String, Object> more) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("server.port", 0);
    settings.put("freshcut.worker.model", "classpath:worker-model.yml");
    settings.put("freshcut.worker.topics.prefix", prefix);
    settings.put("freshcut.worker.kafka.bootstrap-servers", SERVERS.kafka().bootstrapServers());
    settings.put("freshcut.worker.kafka.group-id", prefix);
    settings.put("freshcut.worker.kafka.client-id", prefix + "-" + workers.size());
    settings.put("freshcut.worker.kafka.metadata-max-age", "1s");
    settings.put("freshcut.worker.kafka.request-timeout", "5s");
    settings.put("freshcut.worker.kafka.properties[session.timeout.ms]", "6000");
    // How soon a worker hears of another that comes or goes.
    settings.put("freshcut.worker.kafka.properties[heartbeat.interval.ms]", "300");
    settings.put("freshcut.worker.check-interval", "200ms");
    settings.put("freshcut.worker.retry.max", "500ms");
    settings.put("freshcut.worker.sweep.interval", "1s");
    settings.put("freshcut.redis.address", SERVERS.redis().url());
    settings.put("freshcut.cache.namespace", namespace);
    settings.put("freshcut.cache.max-load-time", MAX_LOAD_TIME.toMillis() + "ms");
    settings.put("freshcut.cache.evict-timeout", "3s");
    settings.putAll(more);
    ConfigurableApplicationContext worker = InvalidationWorkerApplication.start(settings);
    workers.add(worker);
    return worker;
  }

  void stop(ConfigurableApplicationContext worker) {
    worker.close();
    workers.remove(worker);
  }

  static Health health(ConfigurableApplicationContext worker) {
    return Objects.requireNonNull(worker.getBean("invalidation", HealthIndicator.class).health());
  }

  static String state(ConfigurableApplicationContext worker) {
    return String.valueOf(health(worker).getDetails().get("state"));
  }

  /** Waits until the worker is paused; returns what it says then, as the next look may differ. */
  static Health paused(ConfigurableApplicationContext worker) {
    return eventually()
        .until(
            () -> health(worker),
            seen -> "PAUSED".equals(String.valueOf(seen.getDetails().get("state"))));
  }

  /** The sum of the counters of this name that have these tags. */
  static double count(ConfigurableApplicationContext worker, String name, String... tags) {
    return Search.in(worker.getBean(MeterRegistry.class))
        .name("freshcut.invalidation." + name)
        .tags(tags)
        .counters()
        .stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  CacheKey item(int shop, String day, String shelf) {
    return model.family("items").key(shop, java.time.LocalDate.parse(day), shelf);
  }

  CacheKey total(int shop) {
    return model.family("totals").key(shop);
  }

  /** Stores an entry made from a snapshot of this floor. */
  StampedStore.Fill fill(CacheKey key, long floor) {
    var unused = store.begin(key, "test", -1);
    return store.fill(key, "test", "1".getBytes(UTF_8), floor, Instant.now());
  }

  void filled(CacheKey key, long floor) {
    assertThat(fill(key, floor)).isEqualTo(StampedStore.Fill.STORED);
  }

  boolean has(CacheKey key) {
    return store.read(key) != null;
  }

  void evicted(CacheKey key) {
    eventually().untilAsserted(() -> assertThat(has(key)).as(key.text()).isFalse());
  }

  /** Waits long enough for a busy machine, also while the connection to Redis is made anew. */
  static ConditionFactory eventually() {
    return await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .ignoreException(CacheUnavailableException.class);
  }

  /** All records of a topic so far. */
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                SERVERS.kafka().bootstrapServers(),
                "max.partition.fetch.bytes",
                64 << 20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(prefix + "." + topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  Map<String, String> positions() {
    return coherence.progress().positions();
  }

  @Override
  public void close() {
    SERVERS.redis().start();
    SERVERS.kafka().start();
    List.copyOf(workers).forEach(this::stop);
    changes.close();
    admin.close();
    coherence.close();
    redisson.shutdown();
  }
}
