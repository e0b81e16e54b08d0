package dev.freshcut.coherentcache.protocol;

import dev.freshcut.coherentcache.protocol.Layout.Reader;
import dev.freshcut.coherentcache.protocol.Scenario.Kind;
import org.jspecify.annotations.Nullable;

/** What a load reads from the database. */
final class Load {
  private Load() {}

  /** Whether a truncated table's lock keeps a query waiting. */
  static boolean isLocked(State s) {
    for (int w = 0; w < s.at.writers; w++) {
      int stands = s.get(s.at.writer(w));
      if (s.at.scenario.writers().get(w).kind() == Kind.TRUNCATE
          && (stands == Database.RUNNING || stands == Database.COMMITTED)) {
        return true;
      }
    }
    return false;
  }

  /** Reads the snapshot; returns its floor. */
  static int readFloor(State s, int r) {
    boolean onReplica = s.get(r, Reader.ON_REPLICA) != 0;
    s.set(r, Reader.FLOOR, Database.floor(s, onReplica));
    s.set(r, Reader.SNAPSHOT, Database.snapshot(s, onReplica));
    return s.get(r, Reader.FLOOR);
  }

  /** Reads the data; returns the transactions that it contains. */
  static int query(State s, int r) {
    int value = Database.snapshot(s, s.get(r, Reader.ON_REPLICA) != 0);
    int writer = s.at.scenario.readers().get(r).insideWriter();
    if (writer >= 0 && s.get(s.at.writer(writer)) == Database.RUNNING) {
      value |= 1 << writer;
    }
    s.set(r, Reader.VALUE, value);
    return value;
  }

  /**
   * Notes the floor of a stored value, and whether the value lacks what an earlier floor vouched
   * for.
   */
  static @Nullable Invariant monotonic(State before, State after, int r) {
    int key = before.at.scenario.readers().get(r).key();
    int highest = before.get(before.at.highest(key));
    after.raise(after.at.highest(key), before.get(r, Reader.FLOOR));
    for (int w = 0; w + 1 < highest; w++) {
      if (Database.isCommitted(before, w)
          && before.at.scenario.touches(w, key)
          && (before.get(r, Reader.VALUE) >> w & 1) == 0) {
        return Invariant.MONOTONIC;
      }
    }
    return null;
  }
}
