package dev.freshcut.jobstreams.redis;

import dev.freshcut.jobstreams.Names;
import dev.freshcut.jobstreams.Priority;
import java.util.List;
import java.util.Locale;

/** The names of a queue's keys in Redis; all share a hash slot. */
final class Keys {
  /** In the order that {@code common.lua} tells; the first is only a prefix. */
  private static final List<String> NAMES =
      List.of(
          "",
          "ready:urgent",
          "ready:normal",
          "ready:bulk",
          "scheduled",
          "workers",
          "ended",
          "dead",
          "memory",
          "remembered",
          "cancels",
          "config",
          "counters",
          "schedules",
          "schedule-definitions",
          "signal",
          "takes",
          "done",
          "cancelled",
          "again:urgent",
          "again:normal",
          "again:bulk");

  private final String prefix;

  Keys(String namespace, String queue) {
    this.prefix = namespace + ":{" + Names.check("queue", queue) + "}:";
  }

  /** What all of them begin with. */
  String prefix() {
    return prefix;
  }

  List<Object> all() {
    return NAMES.stream().<Object>map(prefix::concat).toList();
  }

  String ready(Priority priority) {
    return prefix + "ready:" + word(priority);
  }

  String signal() {
    return prefix + "signal";
  }

  /** As it is written in Redis. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
