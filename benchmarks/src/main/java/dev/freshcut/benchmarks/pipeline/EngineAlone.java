package dev.freshcut.benchmarks.pipeline;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.source.SourceRecord;

/** Debezium's engine by itself: it decodes the changes to records, which are only counted. */
final class EngineAlone implements Subject {
  private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
  private final Thread thread;
  private final AtomicLong changes = new AtomicLong();

  /**
   * Starts the engine.
   *
   * @param offsets file that keeps its position from one start to the next
   */
  EngineAlone(ItemsDatabase database, Path offsets) {
    this.engine =
        DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
            .using(properties(database, offsets))
            .notifying(new Counter())
            .build();
    this.thread = Thread.ofPlatform().daemon().name("engine-alone").start(engine);
  }

  private static Properties properties(ItemsDatabase database, Path offsets) {
    Properties properties = new Properties();
    properties.setProperty("name", database.name());
    properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    properties.setProperty("database.hostname", database.host());
    properties.setProperty("database.port", Integer.toString(database.port()));
    properties.setProperty("database.dbname", database.name());
    properties.setProperty("database.user", ItemsDatabase.CDC_USER);
    properties.setProperty("database.password", ItemsDatabase.CDC_PASSWORD);
    properties.setProperty("plugin.name", "pgoutput");
    properties.setProperty("slot.name", database.name());
    properties.setProperty("publication.name", ItemsDatabase.PUBLICATION);
    properties.setProperty("publication.autocreate.mode", "disabled");
    properties.setProperty("snapshot.mode", "no_data");
    properties.setProperty("topic.prefix", database.name());
    properties.setProperty("poll.interval.ms", "5");
    properties.setProperty(
        "offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore");
    properties.setProperty("offset.storage.file.filename", offsets.toString());
    properties.setProperty("offset.flush.interval.ms", "500");
    return properties;
  }

  /** How many changes have come since the start. */
  long changes() {
    return changes.get();
  }

  private final class Counter implements ChangeConsumer<RecordChangeEvent<SourceRecord>> {
    @Override
    public void handleBatch(
        List<RecordChangeEvent<SourceRecord>> batch,
        RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
        throws InterruptedException {
      long items = 0;
      for (RecordChangeEvent<SourceRecord> event : batch) {
        if (event.record().topic().endsWith(".items")) {
          items++;
        }
      }
      committer.markProcessed(batch.getLast());
      committer.markBatchFinished();
      changes.addAndGet(items);
    }
  }

  @Override
  public void close() {
    try {
      engine.close();
      thread.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
