package dev.freshcut.embeddedstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;

/** What the servers promise, against the kind that {@code freshcut.stack} names. */
class ServersContractTest {
  private final TestServers servers = TestServers.shared();

  @Test
  void postgresDecodesItsLogForReplicationClients() throws SQLException {
    String database = servers.freshDatabase();
    PostgresServer postgres = servers.postgres();
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute("create table items(id int primary key, name text)");
      statement.execute("select pg_create_logical_replication_slot('probe', 'pgoutput')");
      statement.execute("create publication probe for all tables");
      statement.execute("insert into items values (1, 'één')");
      assertThat(one(statement, "select name from items")).isEqualTo("één");
      assertThat(
              one(
                  statement,
                  "select count(*) > 0 from pg_logical_slot_peek_binary_changes('probe', null,"
                      + " null, 'proto_version', '1', 'publication_names', 'probe')"))
          .isEqualTo("t");
      statement.execute("select pg_drop_replication_slot('probe')");
      assertThat(one(statement, "show server_version")).startsWith("16.");
    }
  }

  @Test
  void aDatabaseIsDroppedWithTheReplicationThatReadsIt() throws SQLException {
    String database = servers.freshDatabase();
    PostgresServer postgres = servers.postgres();
    Properties replication = new Properties();
    replication.setProperty("user", postgres.user());
    replication.setProperty("password", postgres.password());
    replication.setProperty("replication", "database");
    replication.setProperty("preferQueryMode", "simple");
    replication.setProperty("assumeMinServerVersion", "16");
    try (Connection admin = postgres.connect(database);
        Statement statement = admin.createStatement();
        Connection reader = DriverManager.getConnection(postgres.jdbcUrl(database), replication)) {
      statement.execute("select pg_create_logical_replication_slot('read', 'pgoutput')");
      statement.execute("create publication probe for all tables");
      PGReplicationStream stream =
          reader
              .unwrap(PGConnection.class)
              .getReplicationAPI()
              .replicationStream()
              .logical()
              .withSlotName("read")
              .withSlotOption("proto_version", 1)
              .withSlotOption("publication_names", "probe")
              .start();
      assertThat(stream.isClosed()).isFalse();
      assertThat(one(statement, "select active from pg_replication_slots")).isEqualTo("t");
      postgres.dropDatabase(database);
    }
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement()) {
      assertThat(one(statement, "select count(*) from pg_replication_slots")).isEqualTo("0");
      assertThat(
              one(statement, "select count(*) from pg_database where datname = '" + database + "'"))
          .isEqualTo("0");
    }
    postgres.dropDatabase(database);
  }

  @Test
  void postgresKeepsWhatWasCommittedOverACrash() throws SQLException {
    PostgresServer postgres = servers.postgres();
    String database = servers.freshDatabase();
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute("create table items(id int primary key)");
      statement.execute("insert into items select generate_series(1, 1000)");
    }
    int port = postgres.port();
    postgres.stop();
    assertThat(FreePorts.isFree(port)).isTrue();
    postgres.start();
    assertThat(postgres.port()).isEqualTo(port);
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement()) {
      assertThat(one(statement, "select count(*) from items")).isEqualTo("1000");
    }
  }

  @Test
  void kafkaCreatesTopicsCommitsOffsetsAndKeepsItsLogOverARestart() {
    KafkaServer kafka = servers.kafka();
    String topic = servers.freshName("topic");
    produce(kafka, topic, "one");
    assertThat(consume(kafka, topic, "reader", 1)).containsExactly("one");
    String address = kafka.bootstrapServers();
    kafka.stop();
    kafka.start();
    assertThat(kafka.bootstrapServers()).isEqualTo(address);
    produce(kafka, topic, "two");
    assertThat(consume(kafka, topic, "reader", 1)).containsExactly("two");
    assertThat(consume(kafka, topic, "another", 2)).containsExactly("one", "two");
  }

  @Test
  void redisEvictsOnlyWhatExpiresAndComesBackFromWhatItSaved() throws Exception {
    RedisServer redis = servers.redis();
    redis.flush();
    assertThat(call(redis, "INFO memory")).contains("maxmemory_policy:volatile-lru");
    call(redis, "SET kept 1");
    redis.save();
    call(redis, "SET lost 1");
    int port = redis.port();
    redis.stop();
    assertThat(FreePorts.isFree(port)).isTrue();
    redis.start();
    assertThat(redis.port()).isEqualTo(port);
    assertThat(call(redis, "EXISTS kept")).isEqualTo("1");
    assertThat(call(redis, "EXISTS lost")).isEqualTo("0");
    redis.flush();
    assertThat(call(redis, "DBSIZE")).isEqualTo("0");
  }

  @Test
  void redisWithoutASaveComesBackAsItLastSaved() throws Exception {
    RedisServer redis = servers.redis();
    redis.flush();
    redis.save();
    call(redis, "SET unsaved 1");
    redis.stop();
    redis.start();
    assertThat(call(redis, "DBSIZE")).isEqualTo("0");
  }

  private static String call(RedisServer redis, String command) throws Exception {
    return RedisCommands.call(redis.host(), redis.port(), command);
  }

  private static String one(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static void produce(KafkaServer kafka, String topic, String value) {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            UUID.randomUUID().toString());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      Future<?> sent = producer.send(new ProducerRecord<>(topic, "key", value));
      producer.commitTransaction();
      assertThat(sent).isDone();
    }
  }

  private static List<String> consume(KafkaServer kafka, String topic, String group, int atLeast) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ConsumerConfig.GROUP_ID_CONFIG,
            topic + "-" + group,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      List<String> values = new ArrayList<>();
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (values.size() < atLeast && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(record.value());
        }
      }
      consumer.commitSync();
      return values;
    }
  }
}
