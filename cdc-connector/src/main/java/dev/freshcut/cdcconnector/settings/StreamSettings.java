package dev.freshcut.cdcconnector.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Batching and intervals of the stream.
 *
 * @param batchSize most changes sent before their acknowledgements are awaited, 1 to 100,000
 * @param queueSize most changes read ahead of the batch being sent, above batchSize, at most
 *     1,000,000
 * @param pollInterval pause of the reader when the stream is idle, 1 ms to 10 s; adds to latency
 * @param heartbeatInterval how often the heartbeat row is written, 100 ms to 5 min; without it an
 *     idle database retains WAL without bound
 * @param offsetFlushInterval how often the acknowledged position is stored and the slot advanced,
 *     10 ms to 1 min; a restart repeats at most about this much
 * @param monitorInterval how often slot and lock are looked at, 100 ms to 1 min
 * @param checkInterval how often the running stream's requirements (publication, replica identity
 *     and the like) are looked at, 100 ms to 1 h
 * @param debezium further properties of Debezium's PostgreSQL connector
 */
public record StreamSettings(
    @DefaultValue("2048") int batchSize,
    @DefaultValue("8192") int queueSize,
    @DefaultValue("1ms") Duration pollInterval,
    @DefaultValue("1s") Duration heartbeatInterval,
    @DefaultValue("500ms") Duration offsetFlushInterval,
    @DefaultValue("1s") Duration monitorInterval,
    @DefaultValue("30s") Duration checkInterval,
    @DefaultValue Map<String, String> debezium) {
  private static final Set<String> REFUSED =
      Set.of(
          "bootstrap.servers",
          "column.exclude.list",
          "column.include.list",
          "connector.class",
          "database.",
          "decimal.handling.mode",
          "driver.",
          "errors.",
          "event.processing.failure.handling.mode",
          "executor.shutdown.timeout.ms",
          "heartbeat.action.query",
          "heartbeat.interval.ms",
          "flush.lsn.source",
          "internal.",
          "lsn.flush.mode",
          "max.batch.size",
          "max.queue.size",
          "message.key.columns",
          "name",
          "offset.",
          "plugin.name",
          "poll.interval.ms",
          "predicates",
          "predicates.",
          "publication.",
          "queue.",
          "record.processing.",
          "schema.exclude.list",
          "schema.include.list",
          "skipped.operations",
          "slot.drop.on.stop",
          "slot.max.retries",
          "slot.name",
          "snapshot.",
          "table.exclude.list",
          "table.include.list",
          "tasks.max",
          "time.precision.mode",
          "tombstones.on.delete",
          "topic.",
          "transforms",
          "transforms.");

  /**
   * Checks bounds and refuses properties that would break a guarantee.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public StreamSettings {
    debezium = Map.copyOf(debezium);
    Check.between("stream.batch-size", batchSize, 1, 100_000);
    Check.between("stream.queue-size", queueSize, batchSize + 1L, 1_000_000);
    millis("stream.poll-interval", pollInterval, 1, 10_000);
    millis("stream.heartbeat-interval", heartbeatInterval, 100, 300_000);
    millis("stream.offset-flush-interval", offsetFlushInterval, 10, 60_000);
    millis("stream.monitor-interval", monitorInterval, 100, 60_000);
    millis("stream.check-interval", checkInterval, 100, 3_600_000);
    Check.noneOf("stream.debezium", debezium, REFUSED);
  }

  private static void millis(String name, Duration value, long min, long max) {
    Check.between(name, value, Duration.ofMillis(min), Duration.ofMillis(max));
  }
}
