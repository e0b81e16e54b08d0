package dev.freshcut.coherentcache.protocol;

import dev.freshcut.coherentcache.protocol.Layout.Reader;
import java.util.Arrays;
import java.util.EnumSet;

/** Expiry, the sweeper, and what goes wrong with Redis. */
final class Housekeeping {
  private static final int ROLLED_BACK = 1;
  private static final int LOST = 2;

  private final EnumSet<Rule> rules;
  private final LogWorker worker;

  Housekeeping(EnumSet<Rule> rules, LogWorker worker) {
    this.rules = rules;
    this.worker = worker;
  }

  void steps(State s, Steps steps) {
    Scenario scenario = s.at.scenario;
    if (scenario.has(Feature.EXPIRY)) {
      expire(s, steps);
    }
    if (scenario.has(Feature.SWEEPER)) {
      recordHorizon(s, steps);
      sweep(s, steps);
    }
    if (scenario.has(Feature.ROLLBACK)) {
      rollback(s, steps);
    }
    if (scenario.has(Feature.LOST_INDEX) && (s.get(s.at.faults) & LOST) == 0) {
      lose(s, steps);
    }
    if (scenario.has(Feature.LEASES) && rules.contains(Rule.LEASE_EXPIRES)) {
      expireLeases(s, steps);
    }
  }

  private static void expire(State s, Steps steps) {
    for (int key = 0; key < s.at.keys; key++) {
      if (s.get(s.at.entryFloor(key)) != 0) {
        State next = s.copy();
        Redis.removeEntry(next, key);
        next.set(s.at.highest(key), 0);
        int k = key;
        steps.to(next, () -> "entry " + k + " expires");
      }
    }
  }

  /** Notes the floor, to be used once every load that runs now has ended or is too old to store. */
  private void recordHorizon(State s, Steps steps) {
    int floor = Database.floor(s, false);
    if (s.get(s.at.horizon) != floor) {
      State next = s.copy();
      next.set(s.at.horizon, floor);
      for (int r = 0; r < s.at.readers; r++) {
        next.set(r, Reader.BEFORE_HORIZON, Readers.isLoading(s, r) ? 1 : 0);
      }
      steps.to(next, () -> "the sweeper records the horizon " + floor);
    }
  }

  private boolean horizonIsOld(State s) {
    if (!rules.contains(Rule.HORIZON) || !rules.contains(Rule.LOAD_TIME_BOUNDED)) {
      return true;
    }
    for (int r = 0; r < s.at.readers; r++) {
      if (s.get(r, Reader.BEFORE_HORIZON) != 0) {
        return false;
      }
    }
    return true;
  }

  private void sweep(State s, Steps steps) {
    for (int index = 0; index < s.at.indexes; index++) {
      for (int key = 0; key < s.at.keys; key++) {
        if (s.get(s.at.score(index, key)) != 0) {
          sweepMember(s, index, key, steps);
        }
      }
      int tombstone = s.get(s.at.tombstone(index));
      if (s.at.scenario.isBase(index) && Redis.isThere(s, index)) {
        forgetModels(s, index, steps);
        if (s.at.scenario.has(Feature.BASES_STAY)) {
          continue;
        }
        sweepBase(s, index, Math.max(tombstone - 1, s.get(s.at.changed(index))), steps);
      } else if (tombstone != 0 && isBelowHorizon(s, tombstone - 1)) {
        State next = s.copy();
        next.set(s.at.tombstone(index), 0);
        if (rules.contains(Rule.SWEEP_RAISES_BASE)) {
          next.raise(s.at.tombstone(s.at.scenario.base(index)), tombstone);
        }
        int i = index;
        steps.to(next, () -> "the sweeper drops the tombstone of index " + i);
      }
    }
  }

  private boolean isBelowHorizon(State s, int xid) {
    if (!rules.contains(Rule.HORIZON)) {
      return true;
    }
    return horizonIsOld(s) && xid < s.get(s.at.horizon);
  }

  /** A member is dropped if its entry is gone; FAULTS' high bits note one looked at too early. */
  private void sweepMember(State s, int index, int key, Steps steps) {
    if (rules.contains(Rule.MEMBER_SWEPT_ATOMICALLY)) {
      if (s.get(s.at.entryFloor(key)) == 0) {
        State next = s.copy();
        next.set(s.at.score(index, key), 0);
        steps.to(next, () -> "the sweeper drops key %d from index %d".formatted(key, index));
      }
      return;
    }
    int seen = 4 << (index * s.at.keys + key);
    if ((s.get(s.at.faults) & seen) != 0) {
      State next = s.copy();
      next.set(s.at.faults, s.get(s.at.faults) & ~seen);
      next.set(s.at.score(index, key), 0);
      steps.to(next, () -> "the sweeper drops key %d from index %d".formatted(key, index));
    } else if (s.get(s.at.entryFloor(key)) == 0) {
      State next = s.copy();
      next.set(s.at.faults, s.get(s.at.faults) | seen);
      steps.to(next, () -> "the sweeper sees that entry " + key + " is gone");
    }
  }

  /** The names of models expire once no load or entry that they stand for can be left. */
  private void forgetModels(State s, int base, Steps steps) {
    boolean entries = false;
    for (int key = 0; key < s.at.keys; key++) {
      entries |= s.at.scenario.baseOf(key) == base && s.get(s.at.entryFloor(key)) != 0;
    }
    boolean loads = s.get(s.at.registered(base)) != 0 && rules.contains(Rule.LOAD_TIME_BOUNDED);
    if (s.get(s.at.models(base)) != 0 && !entries && !loads) {
      State next = s.copy();
      next.set(s.at.models(base), 0);
      steps.to(next, () -> "the models named in base index " + base + " expire");
    }
  }

  private void sweepBase(State s, int base, int tombstone, Steps steps) {
    for (int key = 0; key < s.at.keys; key++) {
      if (s.get(s.at.score(base, key)) != 0) {
        return;
      }
    }
    if (rules.contains(Rule.BASE_WAITS_FOR_LOADS) && s.get(s.at.models(base)) != 0) {
      return;
    }
    if (rules.contains(Rule.BASE_BELOW_HORIZON) && !isBelowHorizon(s, tombstone)) {
      return;
    }
    State next = s.copy();
    next.set(s.at.tombstone(base), 0);
    next.set(s.at.registered(base), 0);
    next.set(s.at.models(base), 0);
    next.set(s.at.changed(base), 0);
    steps.to(next, () -> "the sweeper drops base index " + base);
  }

  private void rollback(State s, Steps steps) {
    if ((s.get(s.at.faults) & ROLLED_BACK) != 0) {
      return;
    }
    State saved = s.copy();
    System.arraycopy(s.bytes, s.at.redis(), saved.bytes, s.at.saved(), s.at.redisSize());
    steps.to(saved, () -> "Redis saves");
    State back = s.copy();
    System.arraycopy(s.bytes, s.at.saved(), back.bytes, s.at.redis(), s.at.redisSize());
    Arrays.fill(back.bytes, s.at.saved(), s.at.saved() + s.at.redisSize(), (byte) 0);
    back.set(s.at.faults, s.get(s.at.faults) | ROLLED_BACK);
    for (int w = 0; w < s.at.writers; w++) {
      back.set(s.at.scan(w), 0);
      back.set(s.at.scanned(w), 0);
    }
    worker.connectionLost(back);
    steps.to(back, () -> "Redis falls back to what it saved");
  }

  private static void lose(State s, Steps steps) {
    for (int index = 0; index < s.at.indexes; index++) {
      if (s.at.scenario.isBase(index) && Redis.isThere(s, index)) {
        State next = s.copy();
        next.set(s.at.faults, s.get(s.at.faults) | LOST);
        next.set(s.at.tombstone(index), 0);
        next.set(s.at.registered(index), 0);
        next.set(s.at.models(index), 0);
        next.set(s.at.changed(index), 0);
        for (int key = 0; key < s.at.keys; key++) {
          next.set(s.at.score(index, key), 0);
        }
        int base = index;
        steps.to(next, () -> "Redis loses base index " + base);
      }
    }
  }

  private static void expireLeases(State s, Steps steps) {
    for (int key = 0; key < s.at.keys; key++) {
      if (s.get(s.at.lease(key)) != 0) {
        State next = s.copy();
        next.set(s.at.lease(key), 0);
        steps.to(next, () -> "the lease expires");
      }
    }
  }
}
