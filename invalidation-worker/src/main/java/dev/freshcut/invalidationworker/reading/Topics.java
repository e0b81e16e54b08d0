package dev.freshcut.invalidationworker.reading;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which topics the worker reads, and which table each of them is about.
 *
 * <p>Every table topic is read, also those of tables that the model does not speak of: their
 * positions are then known when a later model does.
 */
public final class Topics {
  private final Pattern tableTopics;
  private final Pattern subscription;
  private final String control;
  private final String heartbeat;
  private final Map<String, String> tables;

  /**
   * Names the topics.
   *
   * @param prefix of table topics: prefix.schema.table
   * @param control topic of the stream's own announcements
   * @param heartbeatTable schema.table
   * @param tables schema.table of each table that the model speaks of
   */
  public Topics(String prefix, String control, String heartbeatTable, Collection<String> tables) {
    String tableTopic = Pattern.quote(prefix) + "\\.[^.]+\\.[^.]+";
    this.tableTopics = Pattern.compile(tableTopic);
    this.subscription = Pattern.compile(tableTopic + "|" + Pattern.quote(control));
    this.control = control;
    this.heartbeat = topic(prefix, heartbeatTable);
    this.tables =
        tables.stream()
            .collect(Collectors.toUnmodifiableMap(t -> topic(prefix, t), Function.identity()));
  }

  /** Debezium replaces what a topic's name may not contain. */
  private static String topic(String prefix, String table) {
    return prefix + "." + table.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /** The topics to read. */
  public Pattern subscription() {
    return subscription;
  }

  /** Whether the topic is to be read. */
  public boolean isRead(String topic) {
    return topic.equals(control) || tableTopics.matcher(topic).matches();
  }

  /** The topics of the model's tables that are not among the given ones, sorted. */
  public List<String> missing(Set<String> known) {
    return tables.keySet().stream().filter(topic -> !known.contains(topic)).sorted().toList();
  }

  boolean isControl(String topic) {
    return topic.equals(control);
  }

  /** Whether it is the heartbeat table's. */
  public boolean isHeartbeat(String topic) {
    return topic.equals(heartbeat);
  }

  /** The table of a topic, if the model speaks of it. */
  @Nullable String table(String topic) {
    return tables.get(topic);
  }
}
