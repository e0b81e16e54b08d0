package dev.freshcut.cdcconnector.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.freshcut.cdcconnector.kafka.KafkaClients;
import dev.freshcut.cdcconnector.settings.ConnectorSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ChangeStreamTest {
  private static final String CLIENT = "leak-test";

  @Test
  void anEngineThatCannotBeBuiltLeavesNoProducer() {
    ConnectorSettings settings =
        new Binder(
                new MapConfigurationPropertySource(
                    Map.of(
                        "freshcut.connector.tables", "public.items",
                        "freshcut.connector.kafka.client-id", CLIENT,
                        "freshcut.connector.kafka.bootstrap-servers", "127.0.0.1:1",
                        "freshcut.connector.stream.debezium[task.shutdown.graceful.timeout.ms]",
                            "soon")))
            .bind("freshcut.connector", ConnectorSettings.class)
            .get();

    assertThatThrownBy(
            () ->
                new ChangeStream(
                    settings,
                    new KafkaClients(settings.kafka()),
                    new Progress(Clock.systemUTC()),
                    1,
                    () -> {}))
        .isInstanceOf(RuntimeException.class);

    await().atMost(Duration.ofSeconds(60)).until(() -> producers() == 0);
    assertThat(producers()).isZero();
  }

  private static long producers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains(CLIENT))
        .count();
  }
}
