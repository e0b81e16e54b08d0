package dev.freshcut.cdcconnector.settings;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Names and shape of the topics. Missing topics are created; existing ones are left as they are.
 *
 * @param prefix first part of every topic's name: prefix.schema.table
 * @param partitions partitions of each captured table's topic, 1 to 1,000; the heartbeat and
 *     control topics have one
 * @param replicationFactor replicas of each topic, 1 to 9, or -1 for the broker's default
 * @param retention how long table topics keep records, 1 min to 3,650 days
 * @param control topic for gaps; prefix.control unless set
 * @param offsets compacted topic for the position in the stream; prefix.connector-offsets unless
 *     set
 */
public record TopicSettings(
    @DefaultValue("freshcut") String prefix,
    @DefaultValue("3") int partitions,
    @DefaultValue("-1") short replicationFactor,
    @DefaultValue("7d") Duration retention,
    @Nullable String control,
    @Nullable String offsets) {
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,119}");

  /**
   * Checks form and bounds.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public TopicSettings {
    topic("topics.prefix", prefix);
    Check.between("topics.partitions", partitions, 1, 1_000);
    if (replicationFactor != -1) {
      Check.between("topics.replication-factor", replicationFactor, 1, 9);
    }
    Check.between("topics.retention", retention, Duration.ofMinutes(1), Duration.ofDays(3_650));
    if (control != null) {
      topic("topics.control", control);
    }
    if (offsets != null) {
      topic("topics.offsets", offsets);
    }
  }

  /** The control topic's name. */
  public String controlTopic() {
    return control == null ? prefix + ".control" : control;
  }

  /** The offsets topic's name. */
  public String offsetsTopic() {
    return offsets == null ? prefix + ".connector-offsets" : offsets;
  }

  private static void topic(String name, String value) {
    Check.matches(
        name, value, TOPIC, "use up to 120 letters, digits, dots, underscores and hyphens");
  }
}
