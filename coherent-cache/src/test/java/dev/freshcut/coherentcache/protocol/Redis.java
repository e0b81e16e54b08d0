package dev.freshcut.coherentcache.protocol;

import dev.freshcut.coherentcache.protocol.Scenario.Kind;
import java.util.EnumSet;

/** The cache's scripts; each is one atomic change of the Redis part of a state. */
final class Redis {
  private static final int WORKERS_MODEL = 1;
  static final int OLD_MODEL = 2;

  private final EnumSet<Rule> rules;

  Redis(EnumSet<Rule> rules) {
    this.rules = rules;
  }

  /** Registers a load in its scope. */
  void begin(State s, int reader) {
    if (!rules.contains(Rule.REGISTERED_FIRST)) {
      return;
    }
    int key = s.at.scenario.readers().get(reader).key();
    int base = s.at.scenario.baseOf(key);
    int model = model(s, reader);
    s.raise(s.at.tombstone(base), 1);
    if ((s.get(s.at.models(base)) & model) == 0 && rules.contains(Rule.NEW_MODEL_RAISES_BASE)) {
      s.raise(s.at.tombstone(base), s.get(s.at.changed(base)) + 1);
    }
    s.set(s.at.models(base), s.get(s.at.models(base)) | model);
    s.set(s.at.registered(base), s.get(s.at.registered(base)) | 1 << reader);
  }

  private static int model(State s, int reader) {
    return s.at.scenario.hasOldModel(reader) ? OLD_MODEL : WORKERS_MODEL;
  }

  /** Stores a value; returns whether it did. */
  boolean fill(State s, int reader, int floor, int value) {
    Scenario scenario = s.at.scenario;
    int key = scenario.readers().get(reader).key();
    int knownIndexes = scenario.readers().get(reader).knownIndexes();
    int base = scenario.baseOf(key);
    if (rules.contains(Rule.UNREGISTERED_REFUSED)
        && rules.contains(Rule.REGISTERED_FIRST)
        && (s.get(s.at.models(base)) & model(s, reader)) == 0) {
      return false;
    }
    for (int index = 0; index < s.at.indexes; index++) {
      if ((knownIndexes >> index & 1) == 0) {
        continue;
      }
      int tombstone = s.get(s.at.tombstone(index)) - 1;
      if (rules.contains(Rule.TOMBSTONES)
          && (rules.contains(Rule.TOMBSTONE_REFUSES_EQUAL)
              ? tombstone >= floor
              : tombstone > floor)) {
        return false;
      }
    }
    if (rules.contains(Rule.OLDER_REFUSED) && s.get(s.at.entryFloor(key)) > floor) {
      return false;
    }
    s.set(s.at.entryFloor(key), floor);
    s.set(s.at.entryValue(key), value);
    s.raise(s.at.tombstone(base), 1);
    for (int index = 0; index < s.at.indexes; index++) {
      if ((knownIndexes >> index & 1) == 1
          && (rules.contains(Rule.ALL_INDEXES) || scenario.isBase(index))) {
        s.set(s.at.score(index, key), floor);
      }
    }
    return true;
  }

  /** Evicts a pattern, through the base index where a reader's model may lack its index. */
  void evict(State s, int index, int xid) {
    int base = s.at.scenario.base(index);
    boolean strangers =
        rules.contains(Rule.MODELS_IN_SCOPE)
            ? (s.get(s.at.models(base)) & OLD_MODEL) != 0
            : s.get(Layout.Worker.KNOWS_STRANGERS) != 0;
    evictIndex(s, index, xid);
    if (strangers && rules.contains(Rule.FALLBACK)) {
      if (rules.contains(Rule.FALLBACK_RAISES_BASE)) {
        s.raise(s.at.tombstone(base), xid + 1);
      }
      removeMembers(s, base, index, xid);
    }
  }

  private void evictIndex(State s, int index, int xid) {
    Scenario scenario = s.at.scenario;
    int base = scenario.base(index);
    for (int w = 0; w < xid; w++) {
      if ((scenario.evictedBy(w) >> index & 1) == 1
          && scenario.writers().get(w).kind() == Kind.ROWS) {
        s.set(s.at.applied(w), s.get(s.at.applied(w)) | 1 << index);
      }
    }
    boolean stamps = rules.contains(Rule.TOMBSTONES);
    boolean empty = stamps && isWithoutLoads(s, base);
    if (!empty || rules.contains(Rule.EVICT_IN_EMPTY_SCOPE)) {
      s.raise(s.at.changed(base), xid);
    }
    if (empty) {
      return;
    }
    if (stamps) {
      s.raise(s.at.tombstone(index), xid + 1);
    }
    removeMembers(s, index, index, xid);
  }

  /** Whether there is a base index in Redis. */
  static boolean isThere(State s, int base) {
    return s.get(s.at.tombstone(base)) != 0 || s.get(s.at.changed(base)) != 0;
  }

  private boolean isWithoutLoads(State s, int base) {
    if (!rules.contains(Rule.REGISTERED_FIRST)) {
      return s.get(s.at.tombstone(base)) == 0;
    }
    return s.get(s.at.models(base)) == 0;
  }

  /** Removes those members of an index that belong to a pattern. */
  private void removeMembers(State s, int index, int pattern, int xid) {
    for (int key = 0; key < s.at.keys; key++) {
      int score = s.get(s.at.score(index, key));
      boolean belongs = (s.at.scenario.keys().get(key) >> pattern & 1) == 1;
      if (score != 0 && belongs && !spared(score, xid)) {
        s.set(s.at.score(index, key), 0);
        removeEntry(s, key);
      }
    }
  }

  private boolean spared(int score, int xid) {
    if (!rules.contains(Rule.NEWER_SPARED)) {
      return false;
    }
    return rules.contains(Rule.EVICT_REMOVES_EQUAL) ? score > xid : score >= xid;
  }

  static void removeEntry(State s, int key) {
    s.set(s.at.entryFloor(key), 0);
    s.set(s.at.entryValue(key), 0);
  }
}
