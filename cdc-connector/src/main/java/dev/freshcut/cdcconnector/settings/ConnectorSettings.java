package dev.freshcut.cdcconnector.settings;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the connector captures and where it sends it.
 *
 * @param tables the captured tables as schema.table, at least one, at most 1,000; the heartbeat
 *     table comes on top by itself
 * @param database the database and its objects
 * @param kafka the brokers and the producer
 * @param topics names and shape of the topics
 * @param stream batching and intervals of the stream
 * @param retry pauses between attempts after a fault
 */
@ConfigurationProperties("freshcut.connector")
public record ConnectorSettings(
    @DefaultValue({}) List<String> tables,
    @DefaultValue DatabaseSettings database,
    @DefaultValue KafkaSettings kafka,
    @DefaultValue TopicSettings topics,
    @DefaultValue StreamSettings stream,
    @DefaultValue RetrySettings retry) {
  static final Pattern TABLE = Pattern.compile("[A-Za-z_]\\w{0,62}\\.[A-Za-z_]\\w{0,62}");
  private static final int MAX_TABLES = 1_000;

  /**
   * Checks the tables.
   *
   * @throws IllegalArgumentException with the setting, the reason and the mend
   */
  public ConnectorSettings {
    tables = List.copyOf(tables);
    if (tables.isEmpty()) {
      throw Check.refused("tables", "is empty", "list the tables to capture as schema.table");
    }
    Check.between("tables' length", tables.size(), 1, MAX_TABLES);
    TreeSet<String> seen = new TreeSet<>();
    for (String table : tables) {
      Check.matches(
          "tables", table, TABLE, "name each table as schema.table, in plain identifiers");
      if (!seen.add(table)) {
        throw Check.refused("tables", "names " + table + " twice", "remove one");
      }
      if (table.equals(database.heartbeatTable())) {
        throw Check.refused(
            "tables", "has the heartbeat table " + table, "remove it: it is always captured");
      }
    }
  }

  /** The Kafka topic of a captured table. */
  public String topicOf(String table) {
    return topics.prefix() + "." + table;
  }
}
