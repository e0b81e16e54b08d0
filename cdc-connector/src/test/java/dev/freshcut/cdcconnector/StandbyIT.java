package dev.freshcut.cdcconnector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.cdcconnector.TopicReader.Read;
import dev.freshcut.cdcconnector.lifecycle.ConnectorHealthIndicator;
import dev.freshcut.cdcconnector.lifecycle.ConnectorState;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

class StandbyIT {
  private final ConnectorFixture fixture = new ConnectorFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aSecondInstanceStandsByAndTakesOver() {
    ConfigurableApplicationContext first = fixture.startStreaming();
    ConfigurableApplicationContext second = fixture.start();
    ConnectorFixture.awaitState(second, ConnectorState.STANDBY);
    assertThat(second.getBean(ConnectorHealthIndicator.class).health().getStatus())
        .isEqualTo(Status.UP);
    fixture.database.execute("INSERT INTO items (id) VALUES (1)");
    fixture.awaitItems(1);
    fixture.awaitAdvance();

    first.close();
    ConnectorFixture.awaitStreaming(second);
    fixture.database.execute("INSERT INTO items (id) VALUES (2)");

    assertThat(fixture.awaitItems(2))
        .extracting(Read::key)
        .containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":2}");
    assertThat(fixture.topics.read(fixture.prefix + ".control")).as("gaps").hasSize(1);
  }

  @Test
  void theSlotOfAnotherConsumerIsWaitedFor() throws Exception {
    fixture.startStreaming();
    fixture.awaitAdvance();
    fixture.stopConnectors();
    ConfigurableApplicationContext waiting;
    try (Connection connection = fixture.database.connectForReplication()) {
      connection
          .unwrap(PGConnection.class)
          .getReplicationAPI()
          .replicationStream()
          .logical()
          .withSlotName(fixture.prefix)
          .withSlotOption("proto_version", 1)
          .withSlotOption("publication_names", "freshcut")
          .start();
      waiting = fixture.start();
      ConnectorFixture.awaitState(waiting, ConnectorState.STANDBY);
    }

    ConnectorFixture.awaitStreaming(waiting);
    fixture.database.execute("INSERT INTO items (id) VALUES (1)");
    assertThat(fixture.awaitItems(1)).hasSize(1);
  }
}
