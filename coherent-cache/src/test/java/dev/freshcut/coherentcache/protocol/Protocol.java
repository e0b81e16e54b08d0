package dev.freshcut.coherentcache.protocol;

import dev.freshcut.coherentcache.protocol.Scenario.Kind;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** The protocol in a scenario: where it starts, what may happen next, and what must hold. */
final class Protocol {
  private final Scenario scenario;
  private final Layout layout;
  private final Readers readers;
  private final Evictions evictions;
  private final LogWorker worker;
  private final Housekeeping housekeeping;
  private final EnumSet<Rule> rules;

  Protocol(Scenario scenario, EnumSet<Rule> rules) {
    this.scenario = scenario;
    this.rules = rules;
    layout = new Layout(scenario);
    readers = new Readers(rules);
    evictions = new Evictions(rules);
    worker = new LogWorker(rules);
    housekeeping = new Housekeeping(rules, worker);
  }

  Layout layout() {
    return layout;
  }

  State start() {
    State s = new State(layout, new byte[layout.size()]);
    for (int r = 0; r < layout.readers; r++) {
      s.set(r, Layout.Reader.LEFT, scenario.readers().get(r).times());
    }
    return s;
  }

  void steps(State s, Steps steps) {
    Database.steps(s, steps);
    readers.steps(s, steps);
    if (scenario.has(Feature.LOG)) {
      worker.steps(s, steps);
    } else {
      evictions.steps(s, steps);
    }
    housekeeping.steps(s, steps);
  }

  /** The invariant that a state breaks, if any. */
  @Nullable Invariant broken(State s) {
    for (int key = 0; key < layout.keys; key++) {
      int floor = s.get(layout.entryFloor(key));
      if (floor > s.get(layout.heard)) {
        Invariant broken = brokenByEntry(s, key, floor, s.get(layout.entryValue(key)));
        if (broken != null) {
          return broken;
        }
      }
    }
    if (checks(Invariant.I2_ORDER_FREE) && !scenario.has(Feature.LOG) && !isOrderFree(s)) {
      return Invariant.I2_ORDER_FREE;
    }
    if (checks(Invariant.PROGRESS_IS_TRUE) && scenario.has(Feature.LOG) && !isProgressTrue(s)) {
      return Invariant.PROGRESS_IS_TRUE;
    }
    return null;
  }

  private @Nullable Invariant brokenByEntry(State s, int key, int floor, int value) {
    boolean atRest = checks(Invariant.I4_FRESH_AT_REST) && isAtRest(s);
    for (int w = 0; w < layout.writers; w++) {
      if (!scenario.touches(w, key)) {
        continue;
      }
      boolean shown = (value >> w & 1) == 1;
      boolean committed = Database.isCommitted(s, w);
      if (shown && !committed && checks(Invariant.I0_COMMITTED_ONLY)) {
        return Invariant.I0_COMMITTED_ONLY;
      }
      if (!shown && committed && checks(Invariant.I1_NO_STALE_ENTRY)) {
        int patterns = scenario.everyPattern(w, key);
        if ((s.get(layout.applied(w)) & patterns) != 0) {
          return Invariant.I1_NO_STALE_ENTRY;
        }
      }
      if (!shown && floor > w + 1 && committed && checks(Invariant.I3_TOKEN)) {
        return Invariant.I3_TOKEN;
      }
      if (atRest && shown != committed) {
        return Invariant.I4_FRESH_AT_REST;
      }
    }
    return null;
  }

  /** Whether every transaction has ended, every eviction has been applied, and no load runs. */
  private boolean isAtRest(State s) {
    for (int r = 0; r < layout.readers; r++) {
      if (s.get(r, Layout.Reader.STEP) != Readers.IDLE) {
        return false;
      }
    }
    for (int w = 0; w < layout.writers; w++) {
      int stands = s.get(layout.writer(w));
      if (stands == Database.RUNNING || stands == Database.COMMITTED) {
        return false;
      }
      if (stands == Database.VISIBLE
          && !scenario.has(Feature.LOG)
          && s.get(layout.applied(w)) != scenario.evictedBy(w)) {
        return false;
      }
    }
    return !scenario.has(Feature.LOG) || worker.isAtRest(s);
  }

  private boolean isOrderFree(State s) {
    for (int w = 0; w < layout.writers; w++) {
      for (int index = 0; index < layout.indexes; index++) {
        if (!evicts(s, w, index)) {
          continue;
        }
        State once = evictions.evict(s, w, index);
        boolean applied = (s.get(layout.applied(w)) >> index & 1) == 1;
        if (applied && !once.sameEntries(s)) {
          return false;
        }
        for (int v = w + 1; v < layout.writers; v++) {
          for (int other = 0; other < layout.indexes; other++) {
            if (evicts(s, v, other)) {
              State there = evictions.evict(once, v, other);
              State back = evictions.evict(evictions.evict(s, v, other), w, index);
              if (!there.sameEntries(back)) {
                return false;
              }
            }
          }
        }
      }
    }
    return true;
  }

  private boolean evicts(State s, int w, int index) {
    return Database.isCommitted(s, w)
        && scenario.writers().get(w).kind() == Kind.ROWS
        && (scenario.evictedBy(w) >> index & 1) == 1;
  }

  private boolean isProgressTrue(State s) {
    int vouched = s.get(layout.watermark());
    if (rules.contains(Rule.POSITION_IN_REDIS) && rules.contains(Rule.POSITION_LAST)) {
      vouched = Math.max(vouched, s.get(layout.position()));
    }
    for (int place = 0; place < vouched; place++) {
      int w = s.get(layout.log(place)) - 1;
      for (int index = 0; index < layout.indexes; index++) {
        if (Database.isCommitted(s, w)
            && (scenario.evictedBy(w) >> index & 1) == 1
            && (s.get(layout.applied(w)) >> index & 1) == 0
            && s.get(layout.held(index)) <= w
            && s.get(Layout.Worker.HELD_IN_MEMORY) <= w) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean checks(Invariant invariant) {
    return scenario.invariants().contains(invariant);
  }

  /** Whether a reader still waits for something. */
  boolean isWaiting(State s) {
    for (int r = 0; r < layout.readers; r++) {
      if (!Readers.isDone(s, r)) {
        return true;
      }
    }
    return false;
  }
}
