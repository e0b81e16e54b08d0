package dev.freshcut.notificationworker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.freshcut.embeddedstack.Servers;
import dev.freshcut.embeddedstack.ServersOptions;
import dev.freshcut.jobstreams.JobState;
import dev.freshcut.jobstreams.redis.RedisJobStore;
import dev.freshcut.jobstreams.redis.RedisJobStoreSettings;
import dev.freshcut.jobstreams.store.JobRecord;
import dev.freshcut.jobstreams.store.JobStore;
import dev.freshcut.jobstreams.store.QueueStatus;
import dev.freshcut.notificationworker.TestDatabase.Captured;
import dev.freshcut.notificationworker.reading.Tables;
import dev.freshcut.notificationworker.sending.Channel;
import dev.freshcut.notificationworker.sending.Sender;
import dev.freshcut.notificationworker.sending.WebhookSender;
import dev.freshcut.sharedevents.change.ChangeHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The service over real servers, with providers that say what a test wants, and with a time that a
 * test moves: that of the service and that of the queues.
 */
final class WorkerFixture implements AutoCloseable {
  static final Servers SERVERS =
      Servers.create(ServersOptions.defaults().withPostgresSetting("autovacuum", "off"));
  private static final List<String> QUEUES = List.of("maintenance", "webhooks", "email", "sms");
  private static final AtomicInteger NUMBER = new AtomicInteger();

  final String name = "notify" + NUMBER.incrementAndGet();
  final TestDatabase database;
  final FakeSender email = new FakeSender(Channel.EMAIL);
  final FakeSender sms = new FakeSender(Channel.SMS);
  final FakeWebhooks webhooks = new FakeWebhooks();
  final TestTime clock;
  private final RedissonClient redisson;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final List<ConfigurableApplicationContext> workers = new ArrayList<>();
  private int started;
  private int delivered;

  WorkerFixture() {
    SERVERS.postgres().createDatabase(name);
    Config config = new Config();
    config.setLazyInitialization(true);
    config
        .useSingleServer()
        .setAddress(SERVERS.redis().url())
        .setConnectionMinimumIdleSize(1)
        .setConnectionPoolSize(16);
    redisson = Redisson.create(config);
    clock =
        new TestTime(
            (timeout, ahead) ->
                new RedisJobStore(
                    redisson, new RedisJobStoreSettings(name, timeout, false), ahead));
    database = new TestDatabase(SERVERS.postgres(), name, clock::aheadMillis);
    admin = Admin.create(Map.of("bootstrap.servers", SERVERS.kafka().bootstrapServers()));
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", SERVERS.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    topics();
  }

  private void topics() {
    List<NewTopic> topics = new ArrayList<>();
    Tables.COLUMNS.keySet().forEach(t -> topics.add(new NewTopic(name + "." + t, 2, (short) 1)));
    topics.add(new NewTopic(name + ".control", 1, (short) 1));
    done(admin.createTopics(topics).all());
  }

  /** A store that sees the test's time. */
  JobStore store() {
    return clock.store();
  }

  /** Starts one more worker of the one consumer group. */
  ConfigurableApplicationContext start() {
    return start(name);
  }

  /** Starts one more worker, of a consumer group that may be new. */
  ConfigurableApplicationContext start(String group) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("server.port", 0);
    settings.put("spring.datasource.url", database.url());
    settings.put("spring.datasource.password", TestDatabase.PASSWORD);
    settings.put("spring.datasource.hikari.connection-timeout", 2_000);
    settings.put("freshcut.redis.address", SERVERS.redis().url());
    settings.put("freshcut.redis.connections", 32);
    settings.put("freshcut.jobs.namespace", name);
    settings.put("freshcut.jobs.lease", "6s");
    settings.put("freshcut.jobs.drain", "1s");
    settings.put("freshcut.notifications.topics.prefix", name);
    settings.put(
        "freshcut.notifications.kafka.bootstrap-servers", SERVERS.kafka().bootstrapServers());
    settings.put("freshcut.notifications.kafka.group-id", group);
    settings.put("freshcut.notifications.kafka.client-id", name + "-" + started++);
    // So that whatever is tested holds for several consumers as well.
    settings.put("freshcut.notifications.kafka.threads", 2);
    settings.put("freshcut.notifications.kafka.request-timeout", "5s");
    settings.put("freshcut.notifications.kafka.down-after", "10s");
    settings.put("freshcut.notifications.kafka.properties[session.timeout.ms]", "6000");
    settings.put("freshcut.notifications.retry.max", "1s");
    ConfigurableApplicationContext worker =
        new SpringApplicationBuilder(NotificationWorkerApplication.class)
            .properties("spring.config.name=notification-worker")
            .initializers(
                context -> {
                  GenericApplicationContext beans = (GenericApplicationContext) context;
                  primary(beans, "testClock", Clock.class, clock);
                  primary(beans, "testStore", JobStore.class, clock.workersStore());
                  beans.registerBean("testEmail", Sender.class, () -> email);
                  beans.registerBean("testSms", Sender.class, () -> sms);
                  primary(beans, "testWebhooks", WebhookSender.class, webhooks);
                })
            .run(
                settings.entrySet().stream()
                    .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                    .toArray(String[]::new));
    workers.add(worker);
    return worker;
  }

  private static <T> void primary(
      GenericApplicationContext beans, String bean, Class<T> type, T instance) {
    beans.registerBean(bean, type, () -> instance, definition -> definition.setPrimary(true));
  }

  /** The one that was started last. */
  ConfigurableApplicationContext worker() {
    return workers.getLast();
  }

  void stop(ConfigurableApplicationContext worker) {
    worker.close();
    workers.remove(worker);
  }

  /** Lets time pass, for the service and for its queues. */
  void pass(Duration time) {
    clock.pass(time);
  }

  /** Sends the changes that were captured since the last call, as the change connector would. */
  void stream() {
    List<Captured> all = database.captured();
    stream(all.subList(delivered, all.size()));
    delivered = all.size();
  }

  void stream(Collection<Captured> changes) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Captured change : changes) {
      if (Tables.COLUMNS.containsKey(change.table())) {
        sent.add(record(change.table(), change.key(), change.json(), change.xid()));
      }
    }
    sent.forEach(WorkerFixture::done);
  }

  void send(String table, long key, @Nullable String json, @Nullable Long xid) {
    done(record(table, key, json, xid));
  }

  private Future<RecordMetadata> record(
      String table, long key, @Nullable String json, @Nullable Long xid) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            name + "." + table,
            ("{\"id\":" + key + "}").getBytes(UTF_8),
            json == null ? null : json.getBytes(UTF_8));
    if (xid != null) {
      record.headers().add(ChangeHeaders.XID, xid.toString().getBytes(UTF_8));
    }
    return producer.send(record);
  }

  private static void done(Future<?> future) {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Scheduled jobs of a queue by id, with their times. */
  Map<String, Instant> scheduled(String queue) {
    Map<String, Instant> found = new HashMap<>();
    for (JobRecord job : store().list(queue, JobState.SCHEDULED, null, 500).jobs()) {
      found.put(job.id(), job.dueAt());
    }
    return found;
  }

  QueueStatus status(String queue) {
    return store().status(queue);
  }

  /** The ledger's word on a message; "none" if it has none. */
  String ledger(String id) {
    return database
        .sql()
        .sql("SELECT state || coalesce(': ' || reason, '') FROM notifications WHERE id = ?")
        .param(id)
        .query(String.class)
        .optional()
        .orElse("none");
  }

  /** Waits until a consumer group has worked on every record. */
  void awaitRead(String group) {
    eventually().until(() -> isRead(group));
  }

  private boolean isRead(String group) throws ExecutionException, InterruptedException {
    var committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    latest.put(new TopicPartition(name + ".control", 0), OffsetSpec.latest());
    for (String table : Tables.COLUMNS.keySet()) {
      latest.put(new TopicPartition(name + "." + table, 0), OffsetSpec.latest());
      latest.put(new TopicPartition(name + "." + table, 1), OffsetSpec.latest());
    }
    return admin.listOffsets(latest).all().get().entrySet().stream()
        .allMatch(
            end -> {
              var at = committed.get(end.getKey());
              return end.getValue().offset() == (at == null ? 0 : at.offset());
            });
  }

  /** Waits until no job of a queue is due. */
  void awaitIdle(String queue) {
    eventually()
        .untilAsserted(
            () -> {
              QueueStatus status = status(queue);
              assertThat(status.ready().values()).as("%s", status).allMatch(count -> count == 0);
              assertThat(status.overdue() + status.running()).as("%s", status).isZero();
            });
  }

  /**
   * What Redis has now is what it starts with after its next stop. Nothing runs at that time, as
   * what ended between the two would count as running again, by a worker that lives.
   */
  void saveRedis() {
    QUEUES.forEach(this::awaitIdle);
    SERVERS.redis().save();
  }

  /** Everything that waits is done or cancelled, and providers are well and have sent nothing. */
  void rest() {
    email.reset();
    sms.reset();
    webhooks.reset();
    QUEUES.forEach(store()::resume);
    delivered = database.captured().size();
    awaitRead(name);
    QUEUES.forEach(this::empty);
    email.reset();
    sms.reset();
    webhooks.reset();
  }

  private void empty(String queue) {
    eventually()
        .until(
            () -> {
              for (JobRecord job : store().list(queue, JobState.SCHEDULED, null, 500).jobs()) {
                store().cancel(queue, job.id(), "its test is over");
              }
              store().purge(queue, clock.instant().plusSeconds(1), 500);
              QueueStatus status = status(queue);
              return status.scheduled() + status.running() + status.dead() == 0
                  && status.ready().values().stream().allMatch(count -> count == 0);
            });
  }

  /** Deletes its keys, and nobody else's. */
  void emptyRedis() {
    redisson.getKeys().deleteByPattern(name + ":*");
  }

  static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }

  @Override
  public void close() {
    SERVERS.redis().start();
    SERVERS.kafka().start();
    SERVERS.postgres().start();
    List.copyOf(workers).forEach(this::stop);
    producer.close();
    admin.close();
    redisson.shutdown();
  }
}
