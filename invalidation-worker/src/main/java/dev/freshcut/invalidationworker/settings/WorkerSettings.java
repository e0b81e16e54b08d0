package dev.freshcut.invalidationworker.settings;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the worker reads and how it works.
 *
 * @param model the cache model file: {@code classpath:} and a resource, or a file's path
 * @param threads consumers in this process, 1 to 16; more than the topics have partitions are idle
 * @param heartbeatTable schema.table whose changes are the stream's heartbeats; the watermark is
 *     made from them
 * @param initialXid the transaction id to start from where records carry none in their header, no
 *     heartbeat has come yet and Redis has no watermark: {@code SELECT pg_current_xact_id()}; 0 to
 *     2^53 - 1
 * @param checkInterval how often Redis's positions are compared with what this worker last wrote,
 *     100 ms to 1 min
 * @param maxHeldBack most patterns of families with bounded freshness that are tracked by each
 *     consumer, 0 to 100,000; beyond it they are evicted at once
 * @param kafka the brokers and the clients
 * @param topics names of the topics
 * @param record bounds of one record
 * @param retry pauses between attempts while a server is away
 * @param sweep pace of the sweeper
 */
@ConfigurationProperties("freshcut.worker")
public record WorkerSettings(
    @DefaultValue("classpath:freshcut/cache-model.yml") String model,
    @DefaultValue("1") int threads,
    @DefaultValue("public.cdc_heartbeat") String heartbeatTable,
    @Nullable Long initialXid,
    @DefaultValue("1s") Duration checkInterval,
    @DefaultValue("10000") int maxHeldBack,
    @DefaultValue KafkaSettings kafka,
    @DefaultValue TopicSettings topics,
    @DefaultValue RecordSettings record,
    @DefaultValue RetrySettings retry,
    @DefaultValue SweepSettings sweep) {
  private static final String PREFIX = "freshcut.worker.";
  private static final Pattern TABLE = Pattern.compile("[^.\\s]{1,63}\\.[^.\\s]{1,63}");
  private static final long MAX_XID = (1L << 53) - 1;

  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public WorkerSettings {
    Check.notBlank(PREFIX + "model", model, "set it to classpath:resource or to a file's path");
    Check.between(PREFIX + "threads", threads, 1, 16);
    Check.matches(
        PREFIX + "heartbeat-table", heartbeatTable, TABLE, "name the table as schema.table");
    if (initialXid != null) {
      Check.between(PREFIX + "initial-xid", initialXid, 0, MAX_XID);
    }
    Check.between(
        PREFIX + "check-interval", checkInterval, Duration.ofMillis(100), Duration.ofMinutes(1));
    Check.between(PREFIX + "max-held-back", maxHeldBack, 0, 100_000);
  }

  /**
   * Bounds of one record; larger or deeper ones are dead-lettered.
   *
   * @param maxBytes most bytes of a record's value, 1 KiB to 64 MiB
   * @param maxDepth deepest nesting of its JSON, 3 to 1,000
   */
  public record RecordSettings(
      @DefaultValue("8388608") int maxBytes, @DefaultValue("64") int maxDepth) {
    /** Checks bounds. */
    public RecordSettings {
      Check.between(PREFIX + "record.max-bytes", maxBytes, 1 << 10, 64 << 20);
      Check.between(PREFIX + "record.max-depth", maxDepth, 3, 1_000);
    }
  }

  /**
   * Pauses between attempts while Redis, Kafka or the dead-letter topic is away; each is up to
   * twice the one before, with jitter.
   *
   * @param initial first pause, 10 ms to 1 min
   * @param max longest pause, from initial to 5 min
   */
  public record RetrySettings(
      @DefaultValue("100ms") Duration initial, @DefaultValue("5s") Duration max) {
    /** Checks bounds. */
    public RetrySettings {
      Check.between(
          PREFIX + "retry.initial", initial, Duration.ofMillis(10), Duration.ofMinutes(1));
      Check.between(PREFIX + "retry.max", max, initial, Duration.ofMinutes(5));
    }
  }

  /**
   * Pace of the sweeper.
   *
   * @param pause between two steps of a pass, 1 ms to 10 s
   * @param interval between the end of a pass and the next, 1 s to 1 h
   */
  public record SweepSettings(
      @DefaultValue("20ms") Duration pause, @DefaultValue("30s") Duration interval) {
    /** Checks bounds. */
    public SweepSettings {
      Check.between(PREFIX + "sweep.pause", pause, Duration.ofMillis(1), Duration.ofSeconds(10));
      Check.between(
          PREFIX + "sweep.interval", interval, Duration.ofSeconds(1), Duration.ofHours(1));
    }
  }
}
