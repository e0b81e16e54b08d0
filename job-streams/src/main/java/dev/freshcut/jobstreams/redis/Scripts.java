package dev.freshcut.jobstreams.redis;

import dev.freshcut.redisaccess.Script;
import java.util.stream.Stream;

/** The Lua scripts, each described at the head of its file, behind the parts that they share. */
final class Scripts {
  static final Script ENQUEUE = script("enqueue", "store");
  static final Script PLAN = script("plan", "store");
  static final Script STAMP = script("stamp");
  static final Script BEAT = script("beat", "lost");
  static final Script LEAVE = script("leave", "lost");
  static final Script TAKE = script("take");
  static final Script SETTLE = script("settle");
  static final Script PROGRESS = script("progress");
  static final Script SCHEDULE = script("schedule");
  static final Script SCHEDULES = script("schedules");
  static final Script FIRE = script("fire", "store");
  static final Script FIND = script("find", "reading");
  static final Script LIST = script("list", "reading");
  static final Script STATUS = script("status");
  static final Script CANCEL = script("cancel", "cancelling");
  static final Script CANCEL_GROUP = script("cancel-group", "cancelling");
  static final Script RUN_NOW = script("run-now");
  static final Script REDRIVE = script("redrive");
  static final Script PURGE = script("purge");
  static final Script CONTROL = script("control");
  static final Script SWEEP = script("sweep");
  static final Script NOW = script("now");

  private Scripts() {}

  private static Script script(String name, String... parts) {
    return Script.of(
        Scripts.class,
        name,
        Stream.concat(Stream.of("common"), Stream.of(parts)).toArray(String[]::new));
  }
}
