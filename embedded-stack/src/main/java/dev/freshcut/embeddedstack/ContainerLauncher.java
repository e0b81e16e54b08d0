package dev.freshcut.embeddedstack;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Starts each server in a Docker container, with the same settings as the embedded ones.
 * Testcontainers removes the containers when this JVM is gone, however it died.
 */
final class ContainerLauncher implements Launcher {
  static final String POSTGRES_IMAGE = "postgres:16";
  static final String KAFKA_IMAGE = "apache/kafka:4.2.1";
  static final String REDIS_IMAGE = "redis:7";

  private final ServersOptions options;

  ContainerLauncher(ServersOptions options) {
    this.options = options;
  }

  private static GenericContainer<?> container(String image) {
    return new GenericContainer<>(DockerImageName.parse(image));
  }

  private static void requireDocker(String thing) {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new ServerStartException(
          thing,
          "no Docker answers",
          "Start Docker, or leave out -D" + ServersOptions.STACK_PROPERTY + "=containers");
    }
  }

  @Override
  public PostgresServer postgres() {
    requireDocker("PostgreSQL");
    String password = "postgres";
    List<String> command = new ArrayList<>(List.of("postgres"));
    ServerSettings.postgres(options)
        .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    GenericContainer<?> container =
        container(POSTGRES_IMAGE)
            .withEnv("POSTGRES_PASSWORD", password)
            .withCommand(command.toArray(String[]::new));
    PostgresInContainer server =
        new PostgresInContainer(
            new FixedPortContainer(
                "PostgreSQL", container, 5432, FreePorts.choose(options.ports().postgres(), 0)),
            password);
    server.start();
    return server;
  }

  @Override
  public KafkaServer kafka() {
    requireDocker("Kafka");
    int port = FreePorts.choose(options.ports().kafka(), 0);
    String host = DockerClientFactory.instance().dockerHostIpAddress();
    GenericContainer<?> container =
        container(KAFKA_IMAGE)
            .withEnv("KAFKA_NODE_ID", "1")
            .withEnv("KAFKA_PROCESS_ROLES", "broker,controller")
            .withEnv("KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093")
            .withEnv("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://" + host + ":" + port)
            .withEnv(
                "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT")
            .withEnv("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
            .withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093");
    ServerSettings.kafka(options)
        .forEach(
            (name, value) ->
                container.withEnv(
                    "KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
    KafkaInContainer server =
        new KafkaInContainer(new FixedPortContainer("Kafka", container, 9092, port));
    server.start();
    return server;
  }

  @Override
  public RedisServer redis() {
    requireDocker("Redis");
    List<String> command = new ArrayList<>(List.of("redis-server"));
    ServerSettings.redis(options)
        .forEach((name, value) -> command.addAll(List.of("--" + name, value)));
    GenericContainer<?> container =
        container(REDIS_IMAGE).withCommand(command.toArray(String[]::new));
    RedisInContainer server =
        new RedisInContainer(
            new FixedPortContainer(
                "Redis", container, 6379, FreePorts.choose(options.ports().redis(), 0)));
    server.start();
    return server;
  }

  /** In this JVM too: it has nothing that a container would bring. */
  @Override
  public InboxServer inbox() {
    return EmbeddedInbox.start(options, FreePorts::choose);
  }

  @Override
  public void close() {
    // The containers share nothing.
  }

  private record PostgresInContainer(FixedPortContainer container, String password)
      implements PostgresServer {
    @Override
    public String host() {
      return container.host();
    }

    @Override
    public int port() {
      return container.port();
    }

    @Override
    public String user() {
      return "postgres";
    }

    @Override
    public void stop() {
      container.kill();
    }

    @Override
    public void start() {
      container.start(this::answers);
    }

    private boolean answers() {
      try (Connection connection = connect("postgres")) {
        return connection.isValid(1);
      } catch (SQLException e) {
        return false;
      }
    }

    @Override
    public void close() {
      container.remove();
    }
  }

  private record KafkaInContainer(FixedPortContainer container) implements KafkaServer {
    @Override
    public String bootstrapServers() {
      return container.host() + ":" + container.port();
    }

    @Override
    public void stop() {
      container.kill();
    }

    @Override
    public void start() {
      container.start(this::answers);
    }

    private boolean answers() {
      try (Admin admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  bootstrapServers(),
                  AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                  5_000,
                  AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                  5_000))) {
        return !admin.describeCluster().nodes().get().isEmpty();
      } catch (ExecutionException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    @Override
    public void close() {
      container.remove();
    }
  }

  private record RedisInContainer(FixedPortContainer container) implements RedisServer {
    @Override
    public String host() {
      return container.host();
    }

    @Override
    public int port() {
      return container.port();
    }

    @Override
    public void stop() {
      container.kill();
    }

    @Override
    public void start() {
      container.start(this::answers);
    }

    private boolean answers() {
      try {
        return RedisCommands.call(host(), port(), "INFO").contains("loading:0\r\n");
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public void close() {
      container.remove();
    }
  }
}
