package dev.freshcut.cdcconnector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshcut.cdcconnector.TopicReader.Read;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeCaptureIT {
  private final ConnectorFixture fixture = new ConnectorFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aRowChangeBecomesARecordWithItsTransactionId() {
    fixture.startStreaming();

    fixture.database.execute("INSERT INTO items (id, name) VALUES (1, 'first')");
    List<Read> records = fixture.awaitItems(1);

    Read record = records.getFirst();
    assertThat(record.key()).isEqualTo("{\"id\":1}");
    assertThat(record.xid())
        .isEqualTo(fixture.database.number("SELECT xmin::text::bigint FROM items"));
    assertThat(record.json().path("op").asString()).isEqualTo("c");
    assertThat(record.json().path("before").isNull()).isTrue();
    assertThat(record.json().path("after").toString())
        .isEqualTo("{\"id\":1,\"name\":\"first\",\"note\":\"none\"}");
    System.out.println(record);
  }
}
