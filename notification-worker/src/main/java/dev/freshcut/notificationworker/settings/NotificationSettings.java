package dev.freshcut.notificationworker.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the worker reads, what it tells people of, and when not.
 *
 * @param staleAfter a notice or an event is not made of a change that was committed longer ago, 1
 *     min to 30 d
 * @param remember how long the id of a job that ended is remembered in Redis, 1 h to 60 d
 * @param ledgerRetention how long the database keeps what was sent and delivered, 60 d to 3,650 d:
 *     longer than a reminder comes before its appointment
 * @param visibilityTimeout how long a change of the stream may take to be seen in the database
 *     before reading it is tried anew, 1 s to 5 min
 * @param kafka the brokers and the clients
 * @param topics names of the topics
 * @param record bounds of one record
 * @param retry pauses between attempts while a server is away
 */
@ConfigurationProperties("freshcut.notifications")
public record NotificationSettings(
    @DefaultValue("24h") Duration staleAfter,
    @DefaultValue("14d") Duration remember,
    @DefaultValue("180d") Duration ledgerRetention,
    @DefaultValue("30s") Duration visibilityTimeout,
    @DefaultValue KafkaSettings kafka,
    @DefaultValue TopicSettings topics,
    @DefaultValue RecordSettings record,
    @DefaultValue RetrySettings retry) {
  private static final String PREFIX = "freshcut.notifications.";

  /**
   * Checks bounds.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public NotificationSettings {
    Check.between(PREFIX + "stale-after", staleAfter, Duration.ofMinutes(1), Duration.ofDays(30));
    Check.between(PREFIX + "remember", remember, Duration.ofHours(1), Duration.ofDays(60));
    Check.between(
        PREFIX + "ledger-retention", ledgerRetention, Duration.ofDays(60), Duration.ofDays(3_650));
    Check.between(
        PREFIX + "visibility-timeout",
        visibilityTimeout,
        Duration.ofSeconds(1),
        Duration.ofMinutes(5));
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
   * Pauses between attempts while Postgres, Redis or the dead-letter topic is away; each is up to
   * twice the one before.
   *
   * @param initial first pause, 10 ms to 1 min
   * @param max longest pause, from initial to 1 min
   */
  public record RetrySettings(
      @DefaultValue("100ms") Duration initial, @DefaultValue("5s") Duration max) {
    /** Checks bounds. */
    public RetrySettings {
      Check.between(
          PREFIX + "retry.initial", initial, Duration.ofMillis(10), Duration.ofMinutes(1));
      Check.between(PREFIX + "retry.max", max, initial, Duration.ofMinutes(1));
    }
  }
}
