package dev.freshcut.cdcconnector.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.freshcut.cdcconnector.kafka.RecordSender;
import dev.freshcut.cdcconnector.postgres.XidWidener;
import dev.freshcut.cdcconnector.stream.ChangeStream.StartCheck;
import dev.freshcut.sharedevents.change.ChangeHeaders;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.json.JsonConverterConfig;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a batch of changes and lets the engine move its position only when Kafka has acknowledged
 * all of them. Any exception ends the engine with the position where it was: nothing is skipped.
 */
final class BatchHandler implements ChangeConsumer<RecordChangeEvent<SourceRecord>> {
  private static final Logger log = LoggerFactory.getLogger(BatchHandler.class);

  private final Set<String> topics;
  private final String heartbeatTopic;
  private final int maxRecordBytes;
  private final RecordSender sender;
  private final XidWidener widener;
  private final Progress progress;
  private final StartCheck startCheck;
  private final Converter keys = json(true);
  private final Converter values = json(false);

  private boolean startChecked;
  private long headerXid = -1;
  private @Nullable Header header;

  /**
   * Owns nothing.
   *
   * @param topics the captured tables' topics; the engine's other records are not sent
   * @param heartbeatTopic one of them
   * @param maxRecordBytes a change that is larger with its key is sent without its rows
   * @param startCheck is called before the first batch is sent
   */
  BatchHandler(
      Set<String> topics,
      String heartbeatTopic,
      int maxRecordBytes,
      RecordSender sender,
      XidWidener widener,
      Progress progress,
      StartCheck startCheck) {
    this.topics = topics;
    this.heartbeatTopic = heartbeatTopic;
    this.maxRecordBytes = maxRecordBytes;
    this.sender = sender;
    this.widener = widener;
    this.progress = progress;
    this.startCheck = startCheck;
  }

  /** Nulls stay nulls: a column's default must not stand in for a NULL in a row. */
  private static Converter json(boolean isKey) {
    JsonConverter converter = new JsonConverter();
    converter.configure(
        Map.of(
            JsonConverterConfig.SCHEMAS_ENABLE_CONFIG,
            "false",
            JsonConverterConfig.REPLACE_NULL_WITH_DEFAULT_CONFIG,
            "false"),
        isKey);
    return converter;
  }

  @Override
  public void handleBatch(
      List<RecordChangeEvent<SourceRecord>> batch,
      RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
      throws InterruptedException {
    checkStart();
    int sent = 0;
    for (RecordChangeEvent<SourceRecord> event : batch) {
      if (topics.contains(event.record().topic())) {
        send(event.record());
        sent++;
      }
    }
    sender.awaitAcknowledgements();

    RecordChangeEvent<SourceRecord> last = lastPosition(batch);
    if (last != null) {
      if (sent > 0) {
        // Without heartbeat rows the stream counts as silent, whatever the engine itself says.
        progress.acknowledged(sent, number(last.record().sourceOffset(), "ts_usec") / 1_000);
      }
      // The last position stands for all before it.
      committer.markProcessed(last);
    }
    committer.markBatchFinished();
  }

  private void checkStart() {
    if (!startChecked) {
      try {
        startCheck.run();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      startChecked = true;
    }
  }

  /**
   * The last record with a position from which the stream can resume. A heartbeat of the engine
   * that precedes the first message has none, only the database's current LSN: resuming there would
   * skip what the slot still holds.
   */
  private static @Nullable RecordChangeEvent<SourceRecord> lastPosition(
      List<RecordChangeEvent<SourceRecord>> batch) {
    for (RecordChangeEvent<SourceRecord> event : batch.reversed()) {
      if (position(event.record().sourceOffset()) > 0) {
        return event;
      }
    }
    return null;
  }

  private void send(SourceRecord record) {
    if (record.topic().equals(heartbeatTopic)) {
      // INVARIANT: who reads a heartbeat can read every change that came before it.
      sender.awaitAcknowledgements();
    }
    byte[] key = keys.fromConnectData(record.topic(), record.keySchema(), record.key());
    byte[] value = values.fromConnectData(record.topic(), record.valueSchema(), record.value());
    int bytes = (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    if (bytes > maxRecordBytes) {
      value = omitted(record.topic(), bytes);
    }
    sender.send(new ProducerRecord<>(record.topic(), null, key, value, List.of(xidHeader(record))));
  }

  /** Better a change without its rows, of which consumers see that it is one, than none at all. */
  private byte[] omitted(String topic, int bytes) {
    log.warn(
        "A change on {} has {} bytes; it is sent without its rows, so that consumers treat all that"
            + " may depend on it as changed. Keep rows below"
            + " freshcut.connector.kafka.max-record-bytes={}, or raise it",
        topic,
        bytes,
        maxRecordBytes);
    return "{\"omitted\":{\"bytes\":%d,\"limit\":%d}}"
        .formatted(bytes, maxRecordBytes)
        .getBytes(US_ASCII);
  }

  /** Changes come transaction by transaction, so the last header mostly fits again. */
  private Header xidHeader(SourceRecord record) {
    if (!(record.sourceOffset().get("txId") instanceof Long low)) {
      throw new IllegalStateException("a change without transaction id on " + record.topic());
    }
    long xid = widener.widen(low);
    if (header == null || xid != headerXid) {
      header = new RecordHeader(ChangeHeaders.XID, Long.toString(xid).getBytes(US_ASCII));
      headerXid = xid;
    }
    return header;
  }

  private static long position(Map<String, ?> offset) {
    return Math.max(number(offset, "lsn_commit"), number(offset, "lsn_proc"));
  }

  private static long number(Map<String, ?> offset, String name) {
    return offset.get(name) instanceof Long number ? number : 0;
  }

  @Override
  public boolean supportsTombstoneEvents() {
    return true;
  }
}
