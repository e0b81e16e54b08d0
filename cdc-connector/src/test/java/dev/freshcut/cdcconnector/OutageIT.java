package dev.freshcut.cdcconnector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.cdcconnector.lifecycle.ConnectorState;
import dev.freshcut.cdcconnector.lifecycle.ConnectorStatus;
import dev.freshcut.embeddedstack.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Servers go away and come back; the connector finds its way by itself and loses nothing. */
class OutageIT {
  private static final Servers SERVERS = Servers.create().startAll();

  /** After so long a stop no longer waits for what does not end. Alone it takes some seconds. */
  private static final Duration LEFT_BEHIND = Duration.ofSeconds(20);

  private final ConnectorFixture fixture =
      new ConnectorFixture(SERVERS.postgres(), SERVERS.kafka(), "outage_" + System.nanoTime());

  @AfterEach
  void close() {
    fixture.close();
  }

  @AfterAll
  static void stop() {
    SERVERS.close();
  }

  @Test
  void aRestartOfPostgresIsSurvived() throws Exception {
    ConfigurableApplicationContext context = fixture.startStreaming();
    fixture.database.execute("INSERT INTO items (id, name) VALUES (-1, 'start')");
    fixture.awaitItems(1);

    List<TestWriter.Committed> committed = writeUntil(500);
    SERVERS.postgres().stop();
    try {
      ConnectorFixture.awaitState(context, ConnectorState.RETRYING);
    } finally {
      SERVERS.postgres().start();
    }

    assertThatNothingIsLost(committed);
    assertThat(context.getBean(ConnectorStatus.class).failures()).isPositive();
  }

  @Test
  void anOutageOfKafkaIsSurvived() throws Exception {
    ConfigurableApplicationContext context = startStreamingWithLittlePatience();
    fixture.database.execute("INSERT INTO items (id, name) VALUES (-1, 'start')");
    fixture.awaitItems(1);

    List<TestWriter.Committed> committed;
    try (TestWriter writer = TestWriter.start(fixture.database, 7)) {
      Awaitility.await().atMost(ConnectorFixture.PATIENCE).until(() -> fixture.recordCount() > 200);
      SERVERS.kafka().stop();
      try {
        ConnectorFixture.awaitState(context, ConnectorState.RETRYING);
      } finally {
        SERVERS.kafka().start();
      }
      committed = writer.stop();
    }

    assertThatNothingIsLost(committed);
  }

  /** As when a whole environment is shut down: what is asked to stop does not wait for servers. */
  @ParameterizedTest
  @EnumSource(names = {"STREAMING", "RETRYING"})
  void itStopsSoonWithoutServers(ConnectorState when) throws Exception {
    ConfigurableApplicationContext context = fixture.startStreaming();
    fixture.database.execute("INSERT INTO items (id, name) VALUES (-1, 'start')");
    fixture.awaitItems(1);
    try (TestWriter writer = TestWriter.start(fixture.database, 7)) {
      Awaitility.await().atMost(ConnectorFixture.PATIENCE).until(() -> fixture.recordCount() > 200);
      SERVERS.kafka().stop();
      var unused = writer.stop();
    }
    SERVERS.postgres().stop();
    long taken;
    try {
      if (when == ConnectorState.RETRYING) {
        ConnectorFixture.awaitState(context, when);
      }
      long started = System.nanoTime();
      context.close();
      taken = System.nanoTime() - started;
    } finally {
      SERVERS.kafka().start();
      SERVERS.postgres().start();
    }
    assertThat(Duration.ofNanos(taken)).isLessThan(LEFT_BEHIND);
  }

  /** Postgres answers, so that it is the brokers that it waits for. */
  @Test
  void itStopsSoonWhileItLooksForKafka() {
    ConfigurableApplicationContext context = startStreamingWithLittlePatience();
    SERVERS.kafka().stop();
    long taken;
    try {
      ConnectorStatus status = context.getBean(ConnectorStatus.class);
      Awaitility.await("a further attempt")
          .atMost(ConnectorFixture.PATIENCE)
          .until(() -> status.failures() > 0 && status.state() == ConnectorState.STARTING);
      long started = System.nanoTime();
      context.close();
      taken = System.nanoTime() - started;
    } finally {
      SERVERS.kafka().start();
    }
    assertThat(Duration.ofNanos(taken)).isLessThan(LEFT_BEHIND);
  }

  /** It gives up what Kafka does not take after 2 s, the least there is, and not after 30. */
  private ConfigurableApplicationContext startStreamingWithLittlePatience() {
    Map<String, Object> settings = fixture.settings();
    settings.put("freshcut.connector.kafka.delivery-timeout", "2s");
    ConfigurableApplicationContext context = fixture.start(settings);
    ConnectorFixture.awaitStreaming(context);
    return context;
  }

  private List<TestWriter.Committed> writeUntil(long records) throws Exception {
    try (TestWriter writer = TestWriter.start(fixture.database, 7)) {
      Awaitility.await()
          .atMost(ConnectorFixture.PATIENCE)
          .until(() -> fixture.recordCount() > records);
      return writer.stop();
    }
  }

  private void assertThatNothingIsLost(List<TestWriter.Committed> committed) {
    fixture.database.execute("INSERT INTO items (id, name) VALUES (-2, 'end')");
    TestWriter.assertComplete(committed, fixture.awaitItem(-2), "after the outage");
    assertThat(fixture.topics.read(fixture.prefix + ".control")).as("gaps").hasSize(1);
  }
}
