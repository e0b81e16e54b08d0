package dev.freshcut.coherentcache.protocol;

import dev.freshcut.coherentcache.protocol.Scenario.Kind;
import java.util.EnumSet;

/**
 * Evictions that come from anywhere: each committed change is evicted at any time, in any order and
 * as often as you like, pattern by pattern.
 */
final class Evictions {
  private static final int MARKED = 1;
  private static final int SCANNING = 2;
  private static final int DONE = 3;

  private final EnumSet<Rule> rules;
  private final Redis redis;

  Evictions(EnumSet<Rule> rules) {
    this.rules = rules;
    redis = new Redis(rules);
  }

  void steps(State s, Steps steps) {
    for (int w = 0; w < s.at.writers; w++) {
      if (!Database.isCommitted(s, w)) {
        continue;
      }
      if (s.at.scenario.writers().get(w).kind() != Kind.ROWS) {
        everyScope(s, w, steps);
      } else {
        for (int index = 0; index < s.at.indexes; index++) {
          if ((s.at.scenario.evictedBy(w) >> index & 1) == 1) {
            State next = evict(s, w, index);
            int i = index;
            int xid = w + 1;
            steps.to(next, () -> "evict(index %d, T%d)".formatted(i, xid));
          }
        }
      }
    }
    if (!rules.contains(Rule.MODELS_IN_SCOPE) && s.get(Layout.Worker.KNOWS_STRANGERS) == 0) {
      for (int index = 0; index < s.at.indexes; index++) {
        if ((s.get(s.at.models(index)) & Redis.OLD_MODEL) != 0) {
          State next = s.copy();
          next.set(Layout.Worker.KNOWS_STRANGERS, 1);
          steps.to(next, () -> "the worker learns of a reader with another model");
          break;
        }
      }
    }
  }

  State evict(State s, int w, int index) {
    State next = s.copy();
    redis.evict(next, index, w + 1);
    return next;
  }

  /** Raises the mark, finds the base indexes and evicts each; one that appears may be missed. */
  private void everyScope(State s, int w, Steps steps) {
    boolean lost = s.at.scenario.writers().get(w).kind() == Kind.LOST;
    int xid = lost ? begun(s) : w + 1;
    int stage = s.get(s.at.scan(w));
    if (stage == 0 && rules.contains(Rule.MARK)) {
      State next = s.copy();
      next.set(s.at.scan(w), MARKED);
      next.raise(s.at.mark(), xid);
      steps.to(next, () -> "evict every scope at T" + xid + ": raise the mark");
    } else if (stage == 0 || stage == MARKED) {
      State next = s.copy();
      next.set(s.at.scan(w), SCANNING);
      int found = rules.contains(Rule.SCAN) ? registeredBases(s) : 0;
      next.set(s.at.scanned(w), found);
      steps.to(next, () -> "evict every scope at T%d: found %s".formatted(xid, bits(found)));
    } else if (stage == SCANNING) {
      if (rules.contains(Rule.MARK) && s.get(s.at.heard) < s.get(s.at.mark())) {
        State next = s.copy();
        next.set(s.at.heard, s.get(s.at.mark()));
        steps.to(next, () -> "the readers hear of the mark");
        return;
      }
      for (int index = 0; index < s.at.indexes; index++) {
        if ((registeredBases(s) >> index & 1) == 1 || (s.get(s.at.scanned(w)) >> index & 1) == 1) {
          State next = s.copy();
          redis.evict(next, index, xid);
          next.set(s.at.scanned(w), s.get(s.at.scanned(w)) & ~(1 << index));
          int base = index;
          steps.to(next, () -> "evict(base %d, T%d)".formatted(base, xid));
        }
      }
      if (s.get(s.at.scanned(w)) == 0) {
        State next = s.copy();
        next.set(s.at.scan(w), DONE);
        next.set(s.at.applied(w), s.at.scenario.evictedBy(w));
        steps.to(next, () -> "every scope found has been evicted at T" + xid);
      }
    }
  }

  private static int begun(State s) {
    int begun = 0;
    while (begun < s.at.writers && s.get(s.at.writer(begun)) != Database.NOT_BEGUN) {
      begun++;
    }
    return begun;
  }

  private static int registeredBases(State s) {
    int found = 0;
    for (int index = 0; index < s.at.indexes; index++) {
      if (s.at.scenario.isBase(index) && Redis.isThere(s, index)) {
        found |= 1 << index;
      }
    }
    return found;
  }

  private static String bits(int set) {
    StringBuilder words = new StringBuilder("[");
    for (int i = 0; set >> i != 0; i++) {
      if ((set >> i & 1) == 1) {
        words.append(words.length() == 1 ? "" : ",").append(i);
      }
    }
    return words.append(']').toString();
  }
}
