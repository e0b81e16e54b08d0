package dev.freshcut.embeddedstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshcut.embeddedstack.ServersOptions.Kind;
import dev.freshcut.embeddedstack.ServersOptions.Ports;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServersOptionsTest {
  @AfterEach
  void forgetTheKind() {
    System.clearProperty(ServersOptions.STACK_PROPERTY);
  }

  @Test
  void defaultsDisturbNobody() {
    ServersOptions options = ServersOptions.defaults();
    assertThat(options.kind()).isEqualTo(Kind.EMBEDDED);
    assertThat(options.ports()).isEqualTo(Ports.ANY);
    assertThat(options.stopOnExit()).isTrue();
    assertThat(options.postgresSettings()).isEmpty();
    assertThat(ServerSettings.postgres(options))
        .containsEntry("wal_level", "logical")
        .containsEntry("max_connections", "200")
        .containsEntry("fsync", "off");
    assertThat(ServerSettings.redis(options))
        .containsEntry("maxmemory-policy", "volatile-lru")
        .containsEntry("save", "");
    assertThat(ServerSettings.kafka(options)).containsEntry("auto.create.topics.enable", "true");
  }

  @Test
  void eachWithChangesOneThing() {
    Consumer<String> silent = line -> {};
    ServersOptions options =
        ServersOptions.defaults()
            .withKind(Kind.CONTAINERS)
            .withPorts(Ports.USUAL)
            .withPostgresSetting("max_connections", "300")
            .withPostgresSetting("fsync", "on")
            .withKafkaSetting("num.partitions", "3")
            .withRedisSetting("maxmemory", "1gb")
            .withStopOnExit(false)
            .withProgress(silent);
    assertThat(options)
        .isEqualTo(
            new ServersOptions(
                Kind.CONTAINERS,
                new Ports(5432, 9092, 6379, 1025, 8025),
                Map.of("max_connections", "300", "fsync", "on"),
                Map.of("num.partitions", "3"),
                Map.of("maxmemory", "1gb"),
                false,
                silent));
    assertThat(ServerSettings.postgres(options)).containsEntry("fsync", "on");
  }

  @Test
  void thePropertyChoosesTheKind() {
    System.setProperty(ServersOptions.STACK_PROPERTY, "Containers");
    assertThat(ServersOptions.defaults().kind()).isEqualTo(Kind.CONTAINERS);
    System.setProperty(ServersOptions.STACK_PROPERTY, "docker");
    assertThatThrownBy(ServersOptions::defaults)
        .hasMessage("freshcut.stack is 'docker'; use embedded or containers");
  }

  @Test
  void aPortOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new Ports(0, 70_000, 0)).hasMessageContaining("70000");
  }
}
