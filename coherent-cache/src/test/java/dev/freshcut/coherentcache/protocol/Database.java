package dev.freshcut.coherentcache.protocol;

/** The database: transactions, their visibility, and a replica that replays their ends in order. */
final class Database {
  static final int NOT_BEGUN = 0;
  static final int RUNNING = 1;

  /** The commit record is flushed: the connector may see it, other sessions do not yet. */
  static final int COMMITTED = 2;

  static final int VISIBLE = 3;
  static final int ABORTED = 4;

  private Database() {}

  static void steps(State s, Steps steps) {
    Scenario scenario = s.at.scenario;
    for (int w = 0; w < s.at.writers; w++) {
      int xid = w + 1;
      switch (s.get(s.at.writer(w))) {
        case NOT_BEGUN -> {
          if (w == 0 || s.get(s.at.writer(w - 1)) != NOT_BEGUN) {
            State next = s.copy();
            next.set(s.at.writer(w), RUNNING);
            steps.to(next, () -> "T" + xid + " begins and writes");
          }
        }
        case RUNNING -> {
          State next = end(s, w);
          boolean gap = scenario.has(Feature.VISIBILITY_GAP);
          next.set(s.at.writer(w), gap ? COMMITTED : VISIBLE);
          steps.to(
              next,
              () -> "T" + xid + (gap ? " flushes its commit record" : " commits and is visible"));
          if (scenario.has(Feature.ABORTS)) {
            State aborted = end(s, w);
            aborted.set(s.at.writer(w), ABORTED);
            steps.to(aborted, () -> "T" + xid + " rolls back");
          }
        }
        case COMMITTED -> {
          State next = s.copy();
          next.set(s.at.writer(w), VISIBLE);
          steps.to(next, () -> "T" + xid + " becomes visible");
        }
        default -> {}
      }
    }
    if (scenario.has(Feature.REPLICA) && s.get(s.at.replica()) < s.get(s.at.logLength())) {
      State next = s.copy();
      int replayed = s.get(s.at.log(s.get(s.at.replica())));
      next.set(s.at.replica(), s.get(s.at.replica()) + 1);
      steps.to(next, () -> "the replica replays T" + replayed);
    }
  }

  private static State end(State s, int w) {
    State next = s.copy();
    if (s.at.scenario.has(Feature.REPLICA) || s.at.scenario.has(Feature.LOG)) {
      next.set(s.at.log(s.get(s.at.logLength())), w + 1);
      next.set(s.at.logLength(), s.get(s.at.logLength()) + 1);
    }
    return next;
  }

  /** Whether a transaction's changes have been sent to the connector. */
  static boolean isCommitted(State s, int w) {
    int stands = s.get(s.at.writer(w));
    return stands == COMMITTED || stands == VISIBLE;
  }

  /** The set of transactions that a new snapshot contains. */
  static int snapshot(State s, boolean onReplica) {
    int visible = 0;
    if (onReplica) {
      for (int place = 0; place < s.get(s.at.replica()); place++) {
        int w = s.get(s.at.log(place)) - 1;
        visible |= isCommitted(s, w) ? 1 << w : 0;
      }
    } else {
      for (int w = 0; w < s.at.writers; w++) {
        visible |= s.get(s.at.writer(w)) == VISIBLE ? 1 << w : 0;
      }
    }
    return visible;
  }

  /** {@code pg_snapshot_xmin}: the lowest transaction that has not ended, or is yet to begin. */
  static int floor(State s, boolean onReplica) {
    int ended = 0;
    if (onReplica) {
      for (int place = 0; place < s.get(s.at.replica()); place++) {
        ended |= 1 << (s.get(s.at.log(place)) - 1);
      }
    } else {
      for (int w = 0; w < s.at.writers; w++) {
        ended |= s.get(s.at.writer(w)) >= VISIBLE ? 1 << w : 0;
      }
    }
    return Integer.numberOfTrailingZeros(~ended) + 1;
  }

  /** A set of transactions in words. */
  static String names(int transactions) {
    StringBuilder names = new StringBuilder();
    for (int w = 0; transactions >> w != 0; w++) {
      if ((transactions >> w & 1) == 1) {
        names.append(names.isEmpty() ? "" : ",").append('T').append(w + 1);
      }
    }
    return names.isEmpty() ? "nothing" : names.toString();
  }
}
