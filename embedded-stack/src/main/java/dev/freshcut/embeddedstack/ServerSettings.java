package dev.freshcut.embeddedstack;

import java.util.LinkedHashMap;
import java.util.Map;

/** The servers' settings, whatever they run in: the defaults, and over them what the user wants. */
final class ServerSettings {
  private ServerSettings() {}

  /** The data is thrown away, so nothing is paid for surviving a loss of power. */
  static Map<String, String> postgres(ServersOptions options) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("wal_level", "logical");
    settings.put("max_connections", "200");
    settings.put("max_replication_slots", "20");
    settings.put("max_wal_senders", "20");
    settings.put("fsync", "off");
    settings.put("full_page_writes", "off");
    settings.put("log_checkpoints", "off");
    settings.putAll(options.postgresSettings());
    return settings;
  }

  /** One broker, little memory, small files. */
  static Map<String, String> kafka(ServersOptions options) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("auto.create.topics.enable", "true");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("log.segment.bytes", Integer.toString(64 << 20));
    settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.putAll(options.kafkaSettings());
    return settings;
  }

  /** Never evicts what has no time to live, and writes to disk only when told to. */
  static Map<String, String> redis(ServersOptions options) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("maxmemory", "256mb");
    settings.put("maxmemory-policy", "volatile-lru");
    settings.put("save", "");
    settings.put("appendonly", "no");
    settings.putAll(options.redisSettings());
    return settings;
  }
}
