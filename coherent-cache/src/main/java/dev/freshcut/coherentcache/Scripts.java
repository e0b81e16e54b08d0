package dev.freshcut.coherentcache;

import dev.freshcut.redisaccess.Script;

/** The Lua scripts; each is described at the head of its file. */
final class Scripts {
  static final Script BEGIN = script("begin");
  static final Script FILL = script("fill");
  static final Script RELEASE = script("release");
  static final Script EVICT = script("evict");
  static final Script EVICT_MATCHING = script("evict-matching");
  static final Script SWEEP = script("sweep");
  static final Script RECORD = script("record");
  static final Script RAISE = script("raise");

  private Scripts() {}

  private static Script script(String name) {
    return Script.of(Scripts.class, name);
  }
}
