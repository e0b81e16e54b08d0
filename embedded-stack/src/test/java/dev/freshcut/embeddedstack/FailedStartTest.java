package dev.freshcut.embeddedstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.freshcut.embeddedstack.ServersOptions.Kind;
import dev.freshcut.embeddedstack.ServersOptions.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** Taken ports are evaded, and what cannot be mended is said in one line. */
class FailedStartTest {
  @Test
  void takenPortsAreReplacedByFreeOnes() throws IOException {
    try (ServerSocket postgres = listen(0);
        ServerSocket kafka = listen(0);
        ServerSocket redis = listen(0);
        Servers servers =
            Servers.create(
                ServersOptions.defaults()
                    .withPorts(
                        new Ports(
                            postgres.getLocalPort(),
                            kafka.getLocalPort(),
                            redis.getLocalPort())))) {
      servers.startAll();
      assertThat(servers.postgres().port()).isNotEqualTo(postgres.getLocalPort());
      assertThat(servers.redis().port()).isNotEqualTo(redis.getLocalPort());
      assertThat(servers.kafka().bootstrapServers())
          .isNotEqualTo("127.0.0.1:" + kafka.getLocalPort());
    }
  }

  @Test
  void aPortThatIsTakenBetweenChoosingAndListeningIsReplacedByAnother() throws IOException {
    ServersOptions options = ServersOptions.defaults();
    try (ServerSocket taken = listen(0);
        Servers servers =
            LazyServers.of(
                options,
                new EmbeddedLauncher(
                    options,
                    (preferred, attempt) ->
                        attempt == 0
                            ? taken.getLocalPort()
                            : FreePorts.choose(preferred, attempt)))) {
      servers.startAll();
      assertThat(servers.postgres().port()).isNotEqualTo(taken.getLocalPort());
      assertThat(servers.redis().port()).isNotEqualTo(taken.getLocalPort());
      assertThat(servers.kafka().bootstrapServers()).doesNotContain(":" + taken.getLocalPort());
    }
  }

  @Test
  void aTakenPortOfKafkasControllerIsReplacedByAnotherAndAwaitedAtARestart() throws Exception {
    // The broker has a port that it prefers, so that who asks for any is the controller.
    ServersOptions options =
        ServersOptions.defaults().withPorts(new Ports(0, FreePorts.choose(0, 0), 0));
    AtomicInteger controller = new AtomicInteger();
    AtomicInteger tries = new AtomicInteger();
    try (ServerSocket taken = listen(0);
        Servers servers =
            LazyServers.of(
                options,
                new EmbeddedLauncher(
                    options,
                    (preferred, attempt) -> {
                      int port =
                          preferred == 0 && attempt == 0
                              ? taken.getLocalPort()
                              : FreePorts.choose(preferred, attempt);
                      if (preferred == 0) {
                        tries.incrementAndGet();
                        controller.set(port);
                      }
                      return port;
                    }))) {
      KafkaServer kafka = servers.kafka();
      assertThat(controller.get()).isNotEqualTo(taken.getLocalPort());
      assertThat(tries.get()).isGreaterThan(1);
      kafka.stop();
      try (ServerSocket other = listen(controller.get())) {
        assertThat(other.isBound()).isTrue();
        assertThatThrownBy(kafka::start)
            .isInstanceOf(ServerStartException.class)
            .hasMessage(
                "Kafka did not start: port %d has been taken while it was stopped. Stop what listens"
                        .formatted(controller.get())
                    + " there and start again.");
      }
      kafka.start();
      assertThat(FreePorts.isFree(controller.get())).isFalse();
    }
  }

  @Test
  void whatKeptKafkaFromStartingIsTheCause() throws IOException {
    ServersOptions options =
        ServersOptions.defaults().withPorts(new Ports(0, FreePorts.choose(0, 0), 0));
    try (ServerSocket taken = listen(0);
        Servers servers =
            LazyServers.of(
                options,
                new EmbeddedLauncher(
                    options,
                    (preferred, attempt) ->
                        preferred == 0
                            ? taken.getLocalPort()
                            : FreePorts.choose(preferred, attempt)))) {
      assertThatThrownBy(servers::kafka)
          .isInstanceOf(ServerStartException.class)
          .hasMessageContaining("each of 5 ports that were free was taken")
          .hasCauseInstanceOf(Throwable.class);
    }
  }

  @Test
  void preferredPortsAreUsedWhenFreeAndAwaitedAtARestart() throws IOException {
    List<Integer> chosen =
        Stream.generate(() -> FreePorts.choose(0, 0)).distinct().limit(3).toList();
    Ports ports = new Ports(chosen.get(0), chosen.get(1), chosen.get(2));
    List<String> progress = new ArrayList<>();
    ServersOptions options =
        ServersOptions.defaults()
            .withPorts(ports)
            .withProgress(
                line -> {
                  synchronized (progress) {
                    progress.add(line);
                  }
                });
    try (Servers servers = Servers.create(options)) {
      servers.startAll();
      PostgresServer postgres = servers.postgres();
      KafkaServer kafka = servers.kafka();
      RedisServer redis = servers.redis();
      assertThat(postgres.port()).isEqualTo(ports.postgres());
      assertThat(redis.port()).isEqualTo(ports.redis());
      assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + ports.kafka());
      assertThat(progress)
          .contains("PostgreSQL 16 is starting", "Kafka is starting", "Redis is starting")
          .anyMatch(line -> line.startsWith("Redis is up on 127.0.0.1:" + ports.redis()));

      refusesATakenPort("PostgreSQL", ports.postgres(), postgres::stop, postgres::start);
      refusesATakenPort("Kafka", ports.kafka(), kafka::stop, kafka::start);
      refusesATakenPort("Redis", ports.redis(), redis::stop, redis::start);
    }
  }

  private static void refusesATakenPort(String thing, int port, Runnable stop, Runnable start)
      throws IOException {
    stop.run();
    try (ServerSocket other = listen(port)) {
      assertThat(other.isBound()).isTrue();
      assertThatThrownBy(start::run)
          .isInstanceOf(ServerStartException.class)
          .hasMessage(
              "%s did not start: port %d has been taken while it was stopped. Stop what listens"
                      .formatted(thing, port)
                  + " there and start again.");
    }
    start.run();
    assertThat(FreePorts.isFree(port)).isFalse();
  }

  @Test
  void aWrongSettingIsNamed() {
    try (Servers servers =
        Servers.create(ServersOptions.defaults().withPostgresSetting("wal_level", "sideways"))) {
      assertThatThrownBy(servers::postgres)
          .isInstanceOf(ServerStartException.class)
          .hasMessageContaining("invalid value for parameter \"wal_level\": \"sideways\"")
          .hasMessageNotContaining("\n");
    }
    try (Servers servers =
        Servers.create(ServersOptions.defaults().withRedisSetting("maxmemory", "plenty"))) {
      assertThatThrownBy(servers::redis)
          .isInstanceOf(ServerStartException.class)
          .hasMessageContaining("maxmemory")
          .hasMessageNotContaining("\n");
    }
    try (Servers servers =
        Servers.create(ServersOptions.defaults().withKafkaSetting("num.io.threads", "few"))) {
      assertThatThrownBy(servers::kafka)
          .isInstanceOf(ServerStartException.class)
          .hasMessageContaining("num.io.threads")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsNamed(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");
    assertThatThrownBy(() -> WorkDirectory.create(file))
        .isInstanceOf(ServerStartException.class)
        .hasMessageContaining("cannot write in " + file)
        .hasMessageContaining("-Djava.io.tmpdir");
  }

  @Test
  void aMissingProgramIsNamed(@TempDir Path directory) {
    Path program = directory.resolve("no-such-program");
    assertThatThrownBy(
            () ->
                ChildProcess.start(
                    "It", List.of(program.toString()), directory.resolve("no"), program))
        .isInstanceOf(ServerStartException.class)
        .hasMessageContaining("cannot run");
  }

  @Test
  void withoutDockerOneLineSaysSo() {
    assumeFalse(DockerClientFactory.instance().isDockerAvailable(), "Docker runs here");
    try (Servers servers = Servers.create(ServersOptions.defaults().withKind(Kind.CONTAINERS))) {
      assertThatThrownBy(servers::startAll)
          .isInstanceOf(ServerStartException.class)
          .hasMessageContaining("did not start: no Docker answers. Start Docker, or leave out")
          .hasMessageNotContaining("\n");
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }
}
