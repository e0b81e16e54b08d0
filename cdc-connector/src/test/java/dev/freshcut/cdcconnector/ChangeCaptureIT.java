package dev.freshcut.cdcconnector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.freshcut.cdcconnector.TopicReader.Read;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of each kind of change, with the least privileged role. */
class ChangeCaptureIT {
  private final ConnectorFixture fixture = new ConnectorFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void everyOperationBecomesARecordWithItsTransactionId() {
    fixture.startStreaming();

    long insert = fixture.database.transaction("INSERT INTO items (id, name) VALUES (1, 'one')");
    long update =
        fixture.database.transaction("UPDATE items SET name = 'two', note = NULL WHERE id = 1");
    long delete = fixture.database.transaction("DELETE FROM items WHERE id = 1");
    List<Read> rows = fixture.awaitItems(4);

    assertThat(rows).extracting(Read::key).containsOnly("{\"id\":1}");
    assertThat(rows).extracting(Read::xid).containsExactly(insert, update, delete, delete);
    assertThat(rows.subList(0, 3))
        .extracting(
            r -> r.json().path("op").asString(),
            r -> r.json().path("before").toString(),
            r -> r.json().path("after").toString())
        .containsExactly(
            tuple("c", "null", "{\"id\":1,\"name\":\"one\",\"note\":\"none\"}"),
            tuple(
                "u",
                "{\"id\":1,\"name\":\"one\",\"note\":\"none\"}",
                "{\"id\":1,\"name\":\"two\",\"note\":null}"),
            tuple("d", "{\"id\":1,\"name\":\"two\",\"note\":null}", "null"));
    assertThat(rows.get(3).value()).as("tombstone").isNull();

    JsonNode source = rows.getFirst().json().path("source");
    assertThat(source.path("schema").asString()).isEqualTo("public");
    assertThat(source.path("table").asString()).isEqualTo("items");
    assertThat(source.path("txId").asLong()).isEqualTo(insert & 0xFFFF_FFFFL);
    assertThat(source.path("lsn").asLong()).isPositive();
    assertThat(source.path("ts_us").asLong() / 1_000).isEqualTo(source.path("ts_ms").asLong());
  }

  /** As the security page tells operators who want no free text in Kafka. */
  @Test
  void aMaskedColumnIsNeitherInTheOldRowNorInTheNew() {
    Map<String, Object> settings = fixture.settings();
    settings.put(
        "freshcut.connector.stream.debezium[column.mask.with.0.chars]", "public.items.note");
    ConnectorFixture.awaitStreaming(fixture.start(settings));

    fixture.database.execute(
        "INSERT INTO items (id, name, note) VALUES (1, 'one', 'secret')",
        "UPDATE items SET note = 'hidden' WHERE id = 1",
        "DELETE FROM items WHERE id = 1");
    List<Read> rows = fixture.awaitItems(4);

    assertThat(rows.subList(0, 3))
        .extracting(
            r -> r.json().path("op").asString(),
            r -> r.json().path("before").toString(),
            r -> r.json().path("after").toString())
        .containsExactly(
            tuple("c", "null", "{\"id\":1,\"name\":\"one\",\"note\":\"\"}"),
            tuple(
                "u",
                "{\"id\":1,\"name\":\"one\",\"note\":\"\"}",
                "{\"id\":1,\"name\":\"one\",\"note\":\"\"}"),
            tuple("d", "{\"id\":1,\"name\":\"one\",\"note\":\"\"}", "null"));
  }

  @Test
  void truncateIsCaptured() {
    fixture.startStreaming();

    fixture.database.transaction("INSERT INTO items (id) VALUES (1)");
    long truncate = fixture.database.transaction("TRUNCATE items");
    Read last =
        fixture.awaitItems(2).stream()
            .filter(r -> r.json().path("op").asString().equals("t"))
            .findFirst()
            .orElseThrow();

    assertThat(last.key()).isNull();
    assertThat(last.xid()).isEqualTo(truncate);
    assertThat(last.json().path("source").path("table").asString()).isEqualTo("items");
  }

  @Test
  void aTransactionIsCapturedOnlyOnceItCommits() {
    fixture.startStreaming();

    fixture.database.execute(
        "BEGIN; INSERT INTO items (id) VALUES (1); ROLLBACK",
        """
        BEGIN; INSERT INTO items (id) VALUES (2); SAVEPOINT s; INSERT INTO items (id) VALUES (3);
        ROLLBACK TO s; INSERT INTO items (id) VALUES (4); COMMIT
        """);
    fixture.database.execute("INSERT INTO items (id) VALUES (5)");

    assertThat(fixture.awaitItems(3))
        .extracting(Read::key)
        .containsExactlyInAnyOrder("{\"id\":2}", "{\"id\":4}", "{\"id\":5}");
  }

  @Test
  void theOrderOfARowsChangesIsKept() {
    fixture.startStreaming();

    fixture.database.execute(
        "INSERT INTO items SELECT g, '0' FROM generate_series(1, 50) g",
        """
        DO $$ BEGIN FOR i IN 1..40 LOOP UPDATE items SET name = i::text; COMMIT; END LOOP; END $$
        """);
    List<Read> rows = fixture.awaitItems(50 * 41);

    assertThat(rows).hasSize(50 * 41);
    for (int id = 1; id <= 50; id++) {
      String key = "{\"id\":" + id + "}";
      assertThat(rows.stream().filter(r -> key.equals(r.key())))
          .extracting(r -> r.json().path("after").path("name").asInt())
          .isSorted()
          .hasSize(41);
    }
    assertThat(rows.stream().map(Read::partition).distinct()).hasSize(3);
  }

  @Test
  void aChangeThatIsTooLargeIsSentWithoutItsRows() {
    Map<String, Object> settings = fixture.settings();
    settings.put("freshcut.connector.kafka.max-record-bytes", "1048576");
    ConnectorFixture.awaitStreaming(fixture.start(settings));

    // Hardly compressible, and just below the limit with its names.
    String text =
        "(SELECT left(string_agg(md5(g::text), ''), %d) FROM generate_series(1, 40000) g)";
    fixture.database.execute(
        "INSERT INTO items (id, name) VALUES (1, %s)".formatted(text.formatted(1_047_500)));
    long large =
        fixture.database.transaction(
            "INSERT INTO items (id, name) VALUES (2, %s)".formatted(text.formatted(1_050_000)));
    fixture.database.execute("INSERT INTO items (id) VALUES (3)");

    List<Read> rows = fixture.awaitItems(3);
    assertThat(rows)
        .extracting(Read::key)
        .containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    Read stub = rows.stream().filter(r -> "{\"id\":2}".equals(r.key())).findFirst().orElseThrow();
    assertThat(stub.value()).matches("\\{\"omitted\":\\{\"bytes\":105\\d{4},\"limit\":1048576}}");
    assertThat(stub.xid()).isEqualTo(large);
  }

  /** More than brokers and producers take by default. */
  @Test
  void aChangeOfSomeMegabytesIsSent() {
    fixture.startStreaming();

    fixture.database.execute(
        "INSERT INTO items (id, name) SELECT 1, string_agg(md5(g::text), '')"
            + " FROM generate_series(1, 250000) g");

    JsonNode row = fixture.awaitItems(1).getFirst().json().path("after");
    assertThat(row.path("name").asString()).hasSize(8_000_000);
  }

  /** The forms that docs/connector.md shows. */
  @Test
  void columnTypesHaveTheDocumentedForms() {
    fixture.database.execute(
        """
        CREATE TABLE kinds (
          id uuid PRIMARY KEY, d date, t time, ttz timetz, ts timestamp, tstz timestamptz,
          n numeric(12,4), f float8, b boolean, bin bytea, j jsonb, a int[], ta text[], big text)
        """,
        "ALTER TABLE kinds REPLICA IDENTITY FULL",
        "ALTER PUBLICATION freshcut ADD TABLE kinds");
    Map<String, Object> settings = fixture.settings();
    settings.put("freshcut.connector.tables", "public.items, public.kinds");
    ConnectorFixture.awaitStreaming(fixture.start(settings));

    fixture.database.execute(
        """
        INSERT INTO kinds VALUES (
          '00000000-0000-0000-0000-000000000001', '2026-11-20', '09:30', '09:30:00.5+05:45',
          '2026-11-20 09:30', '2026-11-20 09:30:00.123456+05:45', 12.5, 0.1, true, '\\x00ff',
          '{"k": [1, 2]}', '{1,NULL,3}', '{a,"b c"}',
          (SELECT string_agg(md5(g::text), '') FROM generate_series(1, 2000) g))
        """,
        "UPDATE kinds SET b = false");
    List<Read> rows =
        Awaitility.await()
            .atMost(ConnectorFixture.PATIENCE)
            .until(() -> fixture.topics.read(fixture.topic("kinds")), read -> read.size() == 2);

    JsonNode row = rows.getFirst().json().path("after");
    assertThat(rows.getFirst().key())
        .isEqualTo("{\"id\":\"00000000-0000-0000-0000-000000000001\"}");
    assertThat(row.path("d").toString()).isEqualTo("\"2026-11-20Z\"");
    assertThat(row.path("t").toString()).isEqualTo("\"09:30:00Z\"");
    assertThat(row.path("ttz").toString()).isEqualTo("\"03:45:00.5Z\"");
    assertThat(row.path("ts").toString()).isEqualTo("\"2026-11-20T09:30:00Z\"");
    assertThat(row.path("tstz").toString()).isEqualTo("\"2026-11-20T03:45:00.123456Z\"");
    assertThat(row.path("n").toString()).isEqualTo("\"12.5000\"");
    assertThat(row.path("f").toString()).isEqualTo("0.1");
    assertThat(row.path("b").toString()).isEqualTo("true");
    assertThat(row.path("bin").toString()).isEqualTo("\"AP8=\"");
    assertThat(row.path("j").toString()).isEqualTo("\"{\\\"k\\\": [1, 2]}\"");
    assertThat(row.path("a").toString()).isEqualTo("[1,null,3]");
    assertThat(row.path("ta").toString()).isEqualTo("[\"a\",\"b c\"]");
    assertThat(row.path("big").asString()).hasSize(64_000);
    // An unchanged large value comes along, because the replica identity is full.
    assertThat(rows.get(1).json().path("before").path("big").asString()).hasSize(64_000);
    assertThat(rows.get(1).json().path("after").path("big").asString()).hasSize(64_000);
  }
}
